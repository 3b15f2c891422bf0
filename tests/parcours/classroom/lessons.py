"""Pages of live half-days, as the CMS keeps them, for the half-days of a session."""

from parcours.catalogue.models import LibraryPage, SeancePage
from tests.catalogue.factories import root_page

SEQUENCES = [
    (
        "sequence",
        {
            "title": "Ouvrir",
            "minutes": 100,
            "aim": "Dire ce que l’on attend",
            "method": "Tour de parole",
            "support": "Fiche 1",
            "exercise": "Mes attentes",
            "trainer_does": "<p>Accueille.</p><ul><li>Pose deux règles</li><li>Présente le programme</li></ul>",
            "group_does": "<p>Chacun se présente.</p>",
            "evaluation": "Chacun a parlé.",
            "material": "Une horloge",
        },
    ),
    ("pause", {"title": "Pause", "minutes": 15}),
    (
        "sequence",
        {
            "title": "Conclure",
            "minutes": 95,
            "aim": "Choisir un geste",
            "method": "Écriture",
            "trainer_does": "<p>Fait lire.</p>",
            "group_does": "<p>Écrit.</p>",
            "evaluation": "Un geste est écrit.",
        },
    ),
]


def lesson(half_day, **values) -> SeancePage:
    """The published page that the edition named for this half-day."""
    library = LibraryPage.objects.first() or root_page().add_child(instance=LibraryPage(title="B", slug="biblio"))
    known = {
        "title": f"Demi-journée {half_day.position}",
        "slug": f"demi-journee-{half_day.position}",
        "summary": "Ce que la demi-journée fait travailler.",
        "objectives": "Distinguer deux situations\nDire non",
        "material": "Une montre",
        "sequences": SEQUENCES,
        "translation_key": half_day.seance_id,
    }
    return library.add_child(instance=SeancePage(**known | values))
