from django.contrib import messages
from django.shortcuts import redirect


def refused(request, sentences, *, back, page):
    """Say why, and go back to where one can do something about it; nothing when there is nothing to say."""
    for sentence in sentences:
        messages.error(request, sentence)
    return redirect(back, page.pk) if sentences else None
