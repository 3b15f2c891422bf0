"""What a few people asked for, and what was granted to them."""

from lms.accounts.models import Person
from lms.demo.population.draw import lot
from lms.demo.population.institutions import institution
from lms.organisations.models import Role
from parcours.adaptations import actions
from parcours.adaptations.models import AdaptationRequest

WISHES = (
    ("Pouvoir m’arrêter dix minutes toutes les demi-heures.", ("etapes", "sessions"), ("pauses",)),
    (
        "Relire mes réponses plus longtemps : je lis lentement.",
        ("evaluations", "examens"),
        ("temps-majore", "secretaire"),
    ),
    ("Une salle au rez-de-chaussée, près d’un parking.", ("sessions",), ("salle",)),
    (
        "Des pages sans image, que mon lecteur d’écran lit d’une traite.",
        ("etapes", "evaluations"),
        ("sans-image", "temps-majore"),
    ),
    ("Un interprète en langue des signes pour les deux demi-journées.", ("sessions",), ("interprete",)),
    ("Être assise près du tableau, et recevoir les fiches la veille.", ("sessions",), ()),
    ("Quelqu’un qui écrit sous ma dictée pour le quiz.", ("evaluations",), None),
    ("Un fauteuil entre et tourne dans la salle, s’il vous plaît.", ("sessions",), None),
)
ANSWER = "C’est prévu et déjà réglé dans votre parcours. Si cela ne suffit pas, répondez à ce message ou appelez-moi."
OTHERWISE = "Les fiches vous seront envoyées la veille et votre place est réservée. Aucune mesure n’est à régler ici."


def populate_adaptations(*, seed) -> int:
    """The first wishes are answered, the last two wait; an organisme without référent handicap has none."""
    organisation = institution("training")
    referent = Person.objects.filter(
        memberships__organisation=organisation, memberships__role=Role.DISABILITY_REFERENT
    ).first()
    if referent is None or AdaptationRequest.objects.exists():
        return 0
    people = Person.objects.filter(enrolments__isnull=False).exclude(pk=referent.pk).distinct().order_by("public_id")
    chosen = lot(seed, "adaptations", 0).sample(list(people[:200]), min(len(WISHES), people.count()))
    for person, (wish, occasions, kinds) in zip(chosen, WISHES, strict=False):
        _ask(person, organisation, referent, wish, occasions, kinds)
    return len(chosen)


def _ask(person, organisation, referent, wish, occasions, kinds):
    asked = actions.ask(person, organisation=organisation, wish=wish, occasions=occasions, until=None, by=person)
    if kinds:
        actions.grant(asked, kinds=kinds, percent=33, until=None, answer=ANSWER, by=referent)
    elif kinds is not None:
        actions.decline(asked, answer=OTHERWISE, by=referent)
