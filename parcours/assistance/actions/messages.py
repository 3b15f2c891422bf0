"""One text sent twice by the same form is one message; another text under the same number is another message."""

import uuid

from parcours.assistance.actions.files import join
from parcours.assistance.models import Message


def known_message(person, client_id, text) -> Message | None:
    found = Message.objects.filter(author=person, client_id=client_id, text=text)
    return found.select_related("thread").first()


def add_message(thread, kind, *, text, files, client_id, by, at, due_at=None) -> Message:
    """Raises IntegrityError for the slower of two identical sendings."""
    number = client_id
    if Message.objects.filter(author=by, client_id=client_id).exclude(text=text).exists():
        number = uuid.uuid4().hex
    message = Message.objects.create(
        thread=thread, author=by, kind=kind, text=text, client_id=number, at=at, due_at=due_at
    )
    join(message, files, client_id)
    return message
