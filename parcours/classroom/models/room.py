import uuid

from django.db import models

from parcours.classroom.queries import RoomQuerySet


class Room(models.Model):
    """Where half-days are held. Two half-days never share one at the same time."""

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="rooms", verbose_name="organisme qui la réserve"
    )
    name = models.CharField("nom de la salle", max_length=120)
    address = models.CharField("adresse", max_length=200)
    postcode = models.CharField("code postal", max_length=5)
    city = models.CharField("commune", max_length=80)
    departement = models.ForeignKey(
        "organisations.Departement", models.PROTECT, related_name="rooms", verbose_name="département"
    )
    capacity = models.PositiveSmallIntegerField("nombre de places", null=True, blank=True)
    is_accessible = models.BooleanField("accessible en fauteuil roulant", default=False)
    access = models.TextField(
        "accès et accessibilité", blank=True, help_text="Transports, stationnement, ascenseur, boucle magnétique…"
    )
    archived_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = "salle"
        ordering = ["city", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "postcode"],
                name="classroom_room_once",
                violation_error_message="Cette salle est déjà enregistrée.",
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.city}"

    @property
    def full_address(self):
        return f"{self.address}, {self.postcode} {self.city}"
