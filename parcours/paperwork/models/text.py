from django.conf import settings
from django.db import models
from django.utils import timezone

from parcours.paperwork.lifecycle import DeliveryWay, TextKind
from parcours.paperwork.queries import DeliveryQuerySet, HouseTextQuerySet


class HouseText(models.Model):
    """One version of what an organisme hands to every trainee. A published one never changes.

    `body` is plain text: a line that begins with « ## » is a title, one that begins with « - » an item.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="house_texts", verbose_name="organisme de formation"
    )
    kind = models.CharField("nature", max_length=10, choices=TextKind)
    version = models.PositiveSmallIntegerField("version")
    body = models.TextField("texte")
    paper = models.OneToOneField(
        "kernel.Paper", models.PROTECT, null=True, blank=True, related_name="house_text", verbose_name="document"
    )
    published_at = models.DateTimeField("publié le", default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="publié par"
    )

    objects = HouseTextQuerySet.as_manager()

    class Meta:
        verbose_name = "texte remis aux stagiaires"
        verbose_name_plural = "textes remis aux stagiaires"
        ordering = ["organisation", "kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "version"],
                name="paperwork_text_version_once",
                violation_error_message="Cette version existe déjà.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, version {self.version}"


class Delivery(models.Model):
    """The proof that a text was handed to a trainee: when, how, when it was opened and acknowledged."""

    registration = models.ForeignKey(
        "classroom.Registration", models.PROTECT, related_name="deliveries", verbose_name="inscription"
    )
    text = models.ForeignKey(HouseText, models.PROTECT, related_name="deliveries", verbose_name="texte remis")
    way = models.CharField("façon", max_length=10, choices=DeliveryWay, default=DeliveryWay.SPACE)
    delivered_at = models.DateTimeField("remis le", default=timezone.now)
    opened_at = models.DateTimeField("ouvert le", null=True, blank=True)
    acknowledged_at = models.DateTimeField("reconnu le", null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "remise d’un texte"
        verbose_name_plural = "remises de textes"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["registration", "text"], name="paperwork_delivered_once")]

    def __str__(self):
        return f"remise {self.pk}"
