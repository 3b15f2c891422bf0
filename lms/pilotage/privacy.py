from lms.kernel.privacy import Personal
from lms.pilotage.models import Line

MISSION = "Mission d’intérêt public : pilotage de la formation et de l’habilitation des aidants."


def _lines_about(person):
    lines = Line.objects.filter(person=person).select_related("organisation", "departement").order_by("on", "pk")
    return [
        {
            "indicateur": line.indicator,
            "atteint le": line.on,
            "structure": str(line.organisation or ""),
            "département": str(line.departement or ""),
            "origine": line.origin,
        }
        for line in lines
    ]


PERSONAL = [
    Personal(
        model="pilotage.Line",
        fields=("person", "subject", "on", "organisation", "origin"),
        why="Compter chaque personne une fois par étape, et montrer à qui en a le droit la liste derrière un chiffre.",
        basis=MISSION,
        keep="Aussi longtemps que les faits dont la ligne est tirée : elle est refaite à partir d’eux.",
        erase="Le lien reste vers un compte rendu anonyme, pour que les chiffres ne changent pas.",
        export=_lines_about,
    ),
    Personal(
        model="pilotage.ListExport",
        fields=("by", "filters", "content"),
        why="Remettre à qui pilote une liste trop longue pour être écrite aussitôt.",
        basis=MISSION,
        keep="Sept jours, avec ce qui était tapé dans la recherche.",
        erase="Suppression chaque nuit, après 7 jours.",
    ),
]

ACTS = {
    "campagne.objectives": "Les objectifs d’une campagne sont changés.",
    "pilotage.export_list": "Une liste est exportée depuis les tableaux de bord.",
}
