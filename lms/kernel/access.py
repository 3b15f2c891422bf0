"""Who may, said in one word at the top of a view."""

from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import PermissionDenied

from lms.kernel.lifecycle import TransitionRefused

LONGEST_KEY = 18  # digits of the largest key a database holds


def is_signed_in(person) -> bool:
    """Somebody, whose account is not closed: where every answer about a person begins."""
    return person.is_authenticated and person.is_active


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def public(view):
    """Open a view, function or class, to people who are not signed in."""
    view.is_public = True
    return view


def is_public(view) -> bool:
    return getattr(view, "is_public", False) or getattr(getattr(view, "view_class", None), "is_public", False)


def unlisted(response, referrer="same-origin"):
    """For an address that is a right: no index keeps it, no other site learns it.

    `referrer`: « no-referrer » hides it from our own pages too; browsers then send no origin, and CSRF refuses forms.
    """
    response.headers["Referrer-Policy"] = referrer
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def keeps_what_was_written(keep):
    """Decorate a view: `keep(request)` is called before somebody who posts is sent to sign in first."""

    def decorate(view):
        view.keep_what_was_written = keep
        return view

    return decorate


@contextmanager
def refusals_as_messages(request):
    """Show why a move is refused on the page the view redirects to."""
    try:
        yield
    except TransitionRefused as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)


@contextmanager
def refusals_as_errors(form):
    """Show why a move is refused above the form that asks for it."""
    try:
        yield
    except TransitionRefused as refused:
        form.add_error(None, refused.sentences)


def keys_in(texts) -> list[int]:
    """What reads as the keys of rows, among what was posted or asked: no database is asked a number it cannot hold."""
    return [int(text) for text in texts if text.isdecimal() and len(text) <= LONGEST_KEY]
