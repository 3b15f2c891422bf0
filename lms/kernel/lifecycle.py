"""When an object may move: one table of states, moves and guards, one way to go through it."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from lms.kernel import journal as journals


class TransitionRefused(Exception):
    def __init__(self, sentences):
        super().__init__(" ".join(sentences))
        self.sentences = list(sentences)


@dataclass(frozen=True)
class Transition:
    """A guard takes the object and returns a sentence in French, or nothing. `label` is the button's."""

    name: str
    sources: tuple
    target: str
    guards: tuple[Callable, ...] = ()
    label: str = ""


class Lifecycle:
    def __init__(self, *transitions, field="state"):
        self.field = field
        self.transitions = {transition.name: transition for transition in transitions}
        if len(self.transitions) < len(transitions):
            raise ValueError("Two transitions bear the same name.")

    def refusals(self, obj, name) -> list[str]:
        """Why `obj` cannot make this move now; nothing when it can."""
        transition = self.transitions[name]
        if getattr(obj, self.field) not in transition.sources:
            return [self._out_of_turn(obj, transition)]
        return [sentence for guard in transition.guards if (sentence := guard(obj))]

    @contextmanager
    def moving(self, obj, name, *, by, **journal):
        """Lock the row, check, yield it for the caller's own fields, then move, save and journal it.

        Raises TransitionRefused with the sentences to show. `journal` may add `before`, `after`, `personal`.
        """
        with transaction.atomic():
            locked = type(obj)._base_manager.select_for_update(no_key=True).get(pk=obj.pk)
            if sentences := self.refusals(locked, name):
                raise TransitionRefused(sentences)
            before = {self.field: getattr(locked, self.field)}
            yield locked
            setattr(locked, self.field, self.transitions[name].target)
            locked.save()
            journals.record(
                f"{locked._meta.app_label}.{name}",
                locked,
                by=by,
                before=before | (journal.pop("before", None) or {}),
                after={self.field: getattr(locked, self.field)} | (journal.pop("after", None) or {}),
                **journal,
            )

    def _out_of_turn(self, obj, transition):
        show = getattr(obj, f"get_{self.field}_display", None)
        state = show() if show else getattr(obj, self.field)
        action = f"« {transition.label} » n’est pas possible" if transition.label else "Cette action n’est pas possible"
        return f"{action} : l’état actuel est « {state} ». Rechargez la page pour voir ce qui l’est."
