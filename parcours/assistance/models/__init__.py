from parcours.assistance.models.message import Attachment, Message
from parcours.assistance.models.shared import SharedAnswer
from parcours.assistance.models.thread import Thread

__all__ = ["Attachment", "Message", "SharedAnswer", "Thread"]
