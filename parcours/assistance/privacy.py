from lms.kernel.privacy import Personal
from parcours.assistance.models import Attachment, Message, SharedAnswer, Thread


def _questions_of(person):
    threads = Thread.objects.asked_by(person).for_thread().order_by("pk")
    return [
        {
            "parcours": thread.edition.title,
            "étape": thread.activity_title,
            "organisme": str(thread.organisation),
            "état": thread.get_state_display(),
            "messages": [_readable(message, person) for message in thread.messages.all()],
        }
        for thread in threads
    ]


def _readable(message, person):
    return {
        "de": "vous" if message.author_id == person.pk else message.author.full_name,
        "le": message.at,
        "texte": message.text,
        "pièces jointes": [one.name for one in message.attachments.all()],
    }


def _answers_by(person):
    written = Message.objects.filter(author=person, kind=Message.Kind.ANSWER).order_by("pk")
    return [{"répondu le": one.at, "texte": one.text} for one in written]


def _shared_by(person):
    rows = SharedAnswer.objects.filter(by=person).order_by("pk")
    return [{"partagée le": one.at, "question": one.question, "réponse": one.answer} for one in rows]


def _files_of(person):
    rows = Attachment.objects.filter(person=person).order_by("pk")
    return [{"nom": one.name, "taille en octets": one.size, "jointe le": one.created_at} for one in rows]


ASSISTANCE = "Obligation légale : assistance de la formation à distance (Code du travail, art. D6313-3-1)."
PERSONAL = [
    Personal(
        model="assistance.Thread",
        fields=("person", "subject", "assigned_to", "asked_at", "answered_at"),
        why="Répondre aux questions des apprenants dans le délai annoncé, et prouver qu’il y a été répondu.",
        basis=ASSISTANCE,
        keep="Tant que le compte existe ; les dates, aussi longtemps que l’inscription qu’elles prouvent.",
        erase="Les textes et les pièces jointes sont effacés ; les dates restent, sous un compte rendu anonyme.",
        export=_questions_of,
    ),
    Personal(
        model="assistance.Message",
        fields=("author", "text", "at", "client_id"),
        why="Garder l’échange entre l’apprenant et la personne qui lui répond. Eux seuls et ses collègues le lisent.",
        basis=ASSISTANCE,
        keep="Comme la question.",
        erase="Comme la question ; ce qu’un formateur a répondu reste à qui l’a reçu.",
        export=_answers_by,
    ),
    Personal(
        model="assistance.Attachment",
        fields=("person", "file", "name"),
        why="Montrer à la personne qui répond ce dont on parle. Les photographies perdent leur lieu et leur date.",
        basis=ASSISTANCE,
        keep="Comme la question ; un jour quand le texte n’a pas été envoyé.",
        erase="Suppression du fichier et de la ligne.",
        export=_files_of,
    ),
    Personal(
        model="assistance.SharedAnswer",
        fields=("by", "withdrawn_by", "question", "answer"),
        why="Donner à tous ceux qui suivent un parcours une réponse utile à tous, sans le nom de qui l’a demandée.",
        basis=ASSISTANCE,
        keep="Jusqu’à son retrait par un formateur ; ensuite, avec le parcours.",
        erase="Le texte, qui ne nomme personne, reste ; son auteur devient un compte rendu anonyme.",
        export=_shared_by,
    ),
]

ACTS = {
    "assistance.answer": "Une question reçoit sa réponse.",
    "assistance.ask": "Une question est posée.",
    "assistance.ask_again": "Une précision est envoyée.",
    "assistance.assign": "Une question est confiée à quelqu’un.",
    "assistance.close": "Une question est close.",
    "assistance.share": "Une réponse est partagée.",
    "assistance.withdraw": "Le partage d’une réponse est retiré.",
}
