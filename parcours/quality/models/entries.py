"""The registers of an organisme: short dated lines, recorded by whoever answers for them, withdrawn with a reason."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from lms.kernel.files import private_files
from lms.organisations.queries import today
from parcours.quality.lifecycle import AbandonReason, DocumentKind, ImprovementState, Origin, WatchTopic
from parcours.quality.queries import EntryQuerySet


class Entry(models.Model):
    """What every line of a register has. `on` is the day of the fact, not of its recording."""

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", verbose_name="organisme de formation"
    )
    on = models.DateField("date", default=today)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="enregistré par"
    )
    recorded_at = models.DateTimeField("enregistré le", default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField("motif du retrait", max_length=300, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""),
                name="quality_%(class)s_withdrawn_with_its_reason",
                violation_error_message="Une ligne retirée porte son motif.",
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class Filed(models.Model):
    """An entry with a piece, whose nature was read in its bytes."""

    file = models.FileField("fichier", upload_to="qualite", storage=private_files, max_length=200, blank=True)
    file_name = models.CharField("nom du fichier", max_length=100, blank=True)
    content_type = models.CharField("type de contenu", max_length=100, blank=True)
    size = models.PositiveIntegerField("taille en octets", default=0)
    sha256 = models.CharField("empreinte", max_length=64, blank=True)

    class Meta:
        abstract = True


class Abandonment(Entry):
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="abandonments", verbose_name="stagiaire"
    )
    parcours = models.ForeignKey(
        "catalogue.ParcoursPage", models.PROTECT, related_name="abandonments", verbose_name="parcours"
    )
    session = models.ForeignKey(
        "classroom.Session", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="session"
    )
    reason = models.CharField("motif", max_length=10, choices=AbandonReason)
    tried = models.TextField("ce qui a été proposé pour l’éviter", max_length=1000, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "abandon"
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "parcours"],
                condition=Q(withdrawn_at=None),
                name="quality_abandonment_once",
                violation_error_message="L’abandon de ce parcours par cette personne est déjà enregistré.",
            ),
        ]


class TrainerDocument(Entry, Filed):
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="trainer_documents", verbose_name="formateur"
    )
    kind = models.CharField("nature", max_length=10, choices=DocumentKind)
    title = models.CharField("intitulé", max_length=200)
    expires_on = models.DateField("à renouveler avant le", null=True, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "pièce du dossier d’un formateur"
        verbose_name_plural = "pièces des dossiers des formateurs"


class Subcontract(Entry, Filed):
    """`on` is the day the contract was signed."""

    name = models.CharField("sous-traitant", max_length=200)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    entrusted = models.CharField("ce qui est confié", max_length=300)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)
    checked_on = models.DateField("qualité vérifiée le", null=True, blank=True)
    checked_how = models.CharField("ce qui a été vérifié", max_length=300, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "contrat de sous-traitance"
        verbose_name_plural = "contrats de sous-traitance"
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="quality_subcontract_dates_in_order",
                violation_error_message="La fin précède le début : corrigez l’une des deux dates.",
            ),
        ]


class DisabilityReferent(Entry):
    """`on` is the first day of the mandate."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="référent handicap"
    )
    until = models.DateField("jusqu’au", null=True, blank=True)
    training = models.CharField("formation suivie", max_length=300, blank=True)
    trained_on = models.DateField("suivie le", null=True, blank=True)
    network = models.CharField("partenaires mobilisables", max_length=500, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "référent handicap"
        verbose_name_plural = "référents handicap"


class Hazard(Entry):
    session = models.ForeignKey(
        "classroom.Session", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="session"
    )
    what = models.TextField("ce qui est arrivé", max_length=2000)
    done = models.TextField("ce qui a été fait", max_length=2000)
    solved_on = models.DateField("réglé le", null=True, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "aléa"


class Improvement(Entry):
    """Decided `on` a day because of something, owned by somebody, done, then measured."""

    State = ImprovementState

    what = models.TextField("action", max_length=1000)
    origin = models.CharField("à la suite de", max_length=12, choices=Origin)
    complaint = models.ForeignKey(
        "quality.Complaint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="improvements",
        verbose_name="réclamation",
    )
    session = models.ForeignKey(
        "classroom.Session", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="session"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="responsable")
    due_on = models.DateField("échéance")
    state = models.CharField("état", max_length=10, choices=ImprovementState, default=ImprovementState.TODO)
    done_on = models.DateField("faite le", null=True, blank=True)
    effect = models.TextField("effet mesuré", max_length=1000, blank=True)
    measured_on = models.DateField("mesuré le", null=True, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "action d’amélioration"
        verbose_name_plural = "actions d’amélioration"
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state=ImprovementState.DONE) | Q(done_on__isnull=False),
                name="quality_improvement_done_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=ImprovementState.MEASURED) | (Q(measured_on__isnull=False) & ~Q(effect="")),
                name="quality_improvement_measured_has_its_effect",
                violation_error_message="Un effet mesuré porte sa date et ce qui a été constaté.",
            ),
        ]

    def is_late(self, on=None):
        return self.state == ImprovementState.TODO and self.due_on < (on or today())


class Watch(Entry):
    """What was read, and what use was made of it."""

    topic = models.CharField("domaine", max_length=12, choices=WatchTopic)
    source = models.CharField("ce qui a été lu", max_length=500)
    learnt = models.TextField("ce qu’on en retient", max_length=2000)
    use = models.TextField("ce qu’on en a fait", max_length=2000, blank=True)
    used_on = models.DateField("fait le", null=True, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "lecture de veille"
        verbose_name_plural = "lectures de veille"
