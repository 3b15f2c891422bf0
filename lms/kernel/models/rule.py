from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from lms.kernel import counters, journal
from lms.kernel.definitions import DEFINITIONS


class RuleQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def meeting(self, rule):
        """The other values of the same rule that hold on a day when `rule` would."""
        others = self.filter(code=rule.code).exclude(pk=rule.pk)
        if rule.valid_until:
            others = others.filter(valid_from__lte=rule.valid_until)
        return others.filter(Q(valid_until=None) | Q(valid_until__gte=rule.valid_from))


class Rule(models.Model):
    """A value that holds from a day to another, both included; two values of one rule never overlap."""

    code = models.CharField("règle", max_length=100)
    value = models.JSONField("valeur")
    valid_from = models.DateField("valable à partir du", default=timezone.localdate)
    valid_until = models.DateField(
        "valable jusqu’au", null=True, blank=True, help_text="Dernier jour compris. Vide : sans fin prévue."
    )
    source = models.CharField(
        "source", max_length=500, blank=True, help_text="Le texte, la décision ou l’adresse qui fonde cette valeur."
    )
    note = models.TextField("note", blank=True)

    changed_by = None  # the person who answers for the next save; not a column: the journal keeps it

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = "règle datée"
        verbose_name_plural = "règles datées"
        ordering = ["code", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="rule_ends_after_it_starts",
                violation_error_message="La fin précède le début : corrigez l’une des deux dates.",
            ),
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="rule_one_value_a_day",
                violation_error_message="Une valeur de cette règle commence déjà ce jour-là : modifiez-la.",
            ),
        ]

    def __str__(self):
        return f"{self.label}, à partir du {self.valid_from:%d/%m/%Y}"

    def save(self, *args, **kwargs):
        with transaction.atomic():
            counters.lock(f"rule:{self.code}")
            self.full_clean(validate_unique=False)
            before = Rule.objects.filter(pk=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            journal.record(
                "kernel.change_rule", self, by=self.changed_by, before=before and before._facts(), after=self._facts()
            )

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            journal.record("kernel.delete_rule", self, by=self.changed_by, before=self._facts())
            return super().delete(*args, **kwargs)

    @property
    def label(self):
        definition = DEFINITIONS.get(self.code)
        return definition.label if definition else self.code

    def clean(self):
        definition = DEFINITIONS.get(self.code)
        if definition is None:
            raise ValidationError({"code": "Cette règle n’existe pas : choisissez-la dans la liste."})
        if self.value is not None and (fault := definition.fault(self.value)):
            raise ValidationError({"value": fault})
        if self.valid_from is None or (self.valid_until and self.valid_until < self.valid_from):
            return
        if other := Rule.objects.meeting(self).first():
            end = f" au {other.valid_until:%d/%m/%Y}" if other.valid_until else ", sans fin prévue"
            raise ValidationError(
                f"Une autre valeur de cette règle vaut du {other.valid_from:%d/%m/%Y}{end}. "
                "Donnez-lui d’abord une fin antérieure, ou choisissez d’autres dates."
            )

    def _facts(self):
        return {
            "code": self.code,
            "value": self.value,
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until and self.valid_until.isoformat(),
        }
