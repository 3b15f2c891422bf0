"""What may be wrong with a line, each thing in a sentence that says what to do."""

from dataclasses import asdict, dataclass, field

EMAIL, FIRST_NAME, LAST_NAME = "email", "first_name", "last_name"
FIELDS = (FIRST_NAME, LAST_NAME, EMAIL)
LABELS = {EMAIL: "Adresse e-mail", FIRST_NAME: "Prénom", LAST_NAME: "Nom"}


@dataclass(frozen=True)
class Fault:
    """`blocking`: nobody is enrolled from this line before it is corrected. `suggestion`: values by field."""

    code: str
    column: str
    text: str
    blocking: bool = True
    suggestion: dict[str, str] = field(default_factory=dict)

    def stored(self) -> dict:
        return asdict(self)


def error(code, column, text, **suggestion) -> Fault:
    return Fault(code, column, text, True, suggestion)


def warning(code, column, text, **suggestion) -> Fault:
    return Fault(code, column, text, False, suggestion)
