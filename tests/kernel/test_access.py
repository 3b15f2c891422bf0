import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views import View

from lms.kernel.access import is_public, public, refusals_as_messages, require
from lms.kernel.lifecycle import TransitionRefused


def test_what_is_allowed_goes_on():
    require(True)


@pytest.mark.parametrize("answer", [False, None, 0])
def test_what_is_not_allowed_is_refused(answer):
    with pytest.raises(PermissionDenied):
        require(answer)


def test_a_view_is_closed_until_it_says_it_is_public():
    def view(request):
        return HttpResponse()

    assert not is_public(view)
    assert is_public(public(view))


def test_a_class_of_views_says_it_once():
    @public
    class Open(View):
        pass

    assert is_public(Open.as_view())
    assert not is_public(View.as_view())


@pytest.fixture
def request_with_messages(rf):
    request = rf.get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def test_the_sentences_of_a_refusal_are_shown_on_the_next_page(request_with_messages):
    with refusals_as_messages(request_with_messages):
        raise TransitionRefused(["Il manque une pièce.", "Le délai est passé."])
    assert [str(each) for each in get_messages(request_with_messages)] == [
        "Il manque une pièce.",
        "Le délai est passé.",
    ]


def test_other_errors_are_not_hidden(request_with_messages):
    with pytest.raises(ZeroDivisionError), refusals_as_messages(request_with_messages):
        raise ZeroDivisionError
