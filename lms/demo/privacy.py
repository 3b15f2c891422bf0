from lms.demo.models import SentMail
from lms.kernel.privacy import Personal


def _mails_to(person):
    if not person.email:
        return []
    return list(SentMail.objects.filter(recipient=person.email).order_by("pk").values("subject", "body", "sent_at"))


PERSONAL = [
    Personal(
        model="demo.SentMail",
        fields=("recipient", "sender", "subject", "body"),
        why="Montrer aux visiteurs de la démonstration les messages qui auraient été envoyés.",
        basis="Aucune personne réelle : ces données sont fictives.",
        keep="Tant que dure la démonstration.",
        erase="Suppression avec la base de la démonstration.",
        export=_mails_to,
    )
]
