from lms.demo.population.adaptations import populate_adaptations
from lms.demo.population.classroom import populate_classroom
from lms.demo.population.colleagues import populate_colleagues
from lms.demo.population.emargement import populate_emargement
from lms.demo.population.files import populate_files
from lms.demo.population.funding import populate_funding
from lms.demo.population.habilitation import populate_habilitation
from lms.demo.population.institutions import populate_institutions
from lms.demo.population.learning import populate_learning
from lms.demo.population.libraries import populate_libraries
from lms.demo.population.paperwork import populate_paperwork
from lms.demo.population.people import populate_people
from lms.demo.population.personas import PERSONAS, populate_personas
from lms.demo.population.pilotage import populate_objectives, populate_stock
from lms.demo.population.quality import populate_quality
from lms.demo.population.questions import populate_questions
from lms.demo.population.registrations import populate_registrations
from lms.demo.population.told import populate_told

__all__ = [
    "PERSONAS",
    "populate",
    "populate_adaptations",
    "populate_classroom",
    "populate_colleagues",
    "populate_emargement",
    "populate_files",
    "populate_funding",
    "populate_habilitation",
    "populate_institutions",
    "populate_learning",
    "populate_libraries",
    "populate_objectives",
    "populate_paperwork",
    "populate_people",
    "populate_personas",
    "populate_quality",
    "populate_questions",
    "populate_registrations",
    "populate_stock",
    "populate_told",
]


def populate(*, people, seed):
    """Each room's part, in the order of the house; yields what was added, to be said. A second run adds nothing."""
    yield "institutions", populate_institutions()
    yield "comptes de démonstration", populate_personas()
    yield "modules des organismes", populate_libraries()
    yield "personnes", populate_people(people, seed=seed)
    yield "inscriptions", populate_learning(seed=seed)
    yield "listes de collègues", populate_colleagues()
    yield "questions aux formateurs", populate_questions(seed=seed)
    yield "demandes d’adaptation", populate_adaptations(seed=seed)
    yield "sessions en direct", populate_classroom(people=people)
    yield "inscriptions aux sessions", populate_registrations(seed=seed)
    yield "demi-journées signées", populate_emargement(seed=seed)
    yield "documents des sessions", populate_paperwork()
    yield "qualité", populate_quality(seed=seed)
    yield "habilitations", populate_habilitation(seed=seed)
    yield "objectifs des régions", populate_objectives()
    yield "reprise d’Aidants Connect", populate_stock(seed=seed)
    yield "fichiers reçus", populate_files()
    yield "fichiers d’autres services", populate_told()
    yield "prises en charge", populate_funding(people=people)
