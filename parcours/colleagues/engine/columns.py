"""The columns looked for in a list of colleagues, and what each usually holds."""

from collections.abc import Sequence

from lms.kernel.tables import Column, Row
from parcours.colleagues.engine.names import (
    holds_both_names,
    is_usual_first_name,
    looks_like_a_name,
    name_key,
    words_of_address,
)

PLAUSIBLE = 0.61  # a word that might be either name
PROVEN = 1.0
HINTED = 0.9


def _cell(row, at) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _mean(at, rows: Sequence[Row], judge) -> float:
    """The mean of what is thought of each filled cell of a column."""
    judged = [judge(_cell(row, at), row) for row in rows if _cell(row, at)]
    return sum(judged) / len(judged) if judged else 0.0


def _words_around(row) -> list[str]:
    return next((words_of_address(cell) for cell in row.cells if "@" in cell), [])


def like_address(at, rows) -> float:
    return _mean(at, rows, lambda cell, row: float("@" in cell and " " not in cell.strip()))


def like_first_name(at, rows) -> float:
    return _mean(at, rows, lambda cell, row: _name(cell, row, first=True))


def like_last_name(at, rows) -> float:
    return _mean(at, rows, lambda cell, row: _name(cell, row, first=False))


def _name(cell, row, *, first) -> float:
    if not looks_like_a_name(cell):
        return 0.0
    if holds_both_names(cell):
        return PLAUSIBLE
    known, words, key = is_usual_first_name(cell), _words_around(row), name_key(cell)
    if known or cell.isupper():
        return HINTED if known == first else PLAUSIBLE
    if len(words) > 1 and (key in words or key[:1] == words[0]):
        return HINTED if (words[0] in (key, key[:1]) and key not in words[1:]) == first else PLAUSIBLE
    return PLAUSIBLE


def like_full_name(at, rows) -> float:
    return _mean(at, rows, _full_name)


def _full_name(cell, row) -> float:
    if not looks_like_a_name(cell) or len(cell.split()) < 2:
        return 0.0
    key = name_key(cell)
    told = any(len(word) > 2 and word in key for word in _words_around(row))
    return PROVEN if told else HINTED if holds_both_names(cell) else PLAUSIBLE


COLUMNS = (
    Column(
        "email",
        "Adresse e-mail",
        (
            *("e-mail", "email", "mail", "courriel", "adresse mail", "adresse courriel", "adresse électronique"),
            *("adresse de messagerie", "messagerie", "mél", "adresse mél", "courrier électronique", "email address"),
        ),
        like_address,
    ),
    Column("last_name", "Nom", ("nom de famille", "nom d’usage", "last name", "patronyme", "noms"), like_last_name),
    Column("first_name", "Prénom", ("prénoms", "prénom usuel", "first name", "prénom(s)"), like_first_name),
    Column(
        "full_name",
        "Nom et prénom",
        (
            *("nom prénom", "nom/prénom", "noms et prénoms", "noms prénoms", "prénom et nom", "prénom nom"),
            *(
                "prénom/nom",
                "prénoms et noms",
                "nom complet",
                "identité",
                "agent",
                "agents",
                "stagiaire",
                "participant",
            ),
            *("apprenant", "collègue", "salarié", "personne", "bénéficiaire", "contact"),
        ),
        like_full_name,
    ),
)
