from django.core.mail.backends.base import BaseEmailBackend

from .models import SentMail


class MailboxBackend(BaseEmailBackend):
    """Nothing leaves the machine: messages are kept for the page /_courriels/."""

    def send_messages(self, email_messages):
        mails = [
            SentMail(
                recipient=", ".join(message.recipients()),
                sender=message.from_email,
                subject=message.subject,
                body=message.body,
                message_id=message.extra_headers.get("Message-ID", ""),
            )
            for message in email_messages
            if message.recipients()
        ]
        return len(SentMail.objects.bulk_create(mails))
