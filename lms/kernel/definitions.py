"""What each dated rule is called, the shape of its value, and its value until somebody dates another."""

import json
import re
from dataclasses import dataclass

WHOLE = re.compile(r"-?\d{1,18}")
KINDS = ("text", "texts", "integer", "json")


@dataclass(frozen=True)
class Definition:
    code: str
    label: str
    kind: str
    default: object

    def fault(self, value) -> str:
        """The sentence that says why `value` cannot be a value of this rule, or nothing."""
        if self.kind == "text" and not (isinstance(value, str) and value.strip()):
            return "Cette règle attend un texte : écrivez-le."
        if self.kind == "texts" and not (
            isinstance(value, list) and all(isinstance(one, str) and one for one in value)
        ):
            return "Cette règle attend une liste de textes : écrivez-en un par ligne."
        if self.kind == "integer" and (not isinstance(value, int) or isinstance(value, bool)):
            return "Cette règle attend un nombre entier : écrivez-le en chiffres."
        return ""

    def read(self, typed: str):
        """The value typed in a form; raises ValueError with the sentence to show."""
        typed = typed.strip()
        value = typed
        if self.kind == "texts":
            value = [line.strip() for line in typed.splitlines() if line.strip()]
        elif self.kind == "integer":
            value = int(typed) if WHOLE.fullmatch(typed) else None
        elif self.kind == "json":
            try:
                value = json.loads(typed)
            except json.JSONDecodeError as error:
                raise ValueError(f"Le texte JSON est mal formé à la ligne {error.lineno} : corrigez-la.") from error
        if fault := self.fault(value):
            raise ValueError(fault)
        return value

    def written(self, value) -> str:
        """The value as a form shows it: what `read` reads back."""
        if self.kind == "texts":
            return "\n".join(value)
        return json.dumps(value, ensure_ascii=False, indent=2) if self.kind == "json" else str(value)


DEFINITIONS: dict[str, Definition] = {}


def define(code: str, label: str, kind: str = "text", *, default) -> Definition:
    """Declare a rule once, in the `apps.py` or the file that reads it. `label` is French, lower case."""
    definition = Definition(code, label, kind, default)
    if kind not in KINDS:
        raise ValueError(f"Rule {code}: unknown kind {kind}")
    if DEFINITIONS.setdefault(code, definition) != definition:
        raise ValueError(f"Rule {code} is defined twice")
    if fault := definition.fault(default):
        raise ValueError(f"Rule {code}: {fault}")
    return definition
