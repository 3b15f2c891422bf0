import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from lms.kernel.words import KEY_LENGTH, KeyField, match_key
from lms.organisations.engine import identifiers
from lms.organisations.lifecycle import Kind
from lms.organisations.models.calendar import due_at
from lms.organisations.models.fields import CommuneField, DatapassField, NdaField, SiretField
from lms.organisations.models.territory import Departement, typographic
from lms.organisations.queries import OrganisationQuerySet

IN_LETTERS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


def working_days(days: int) -> str:
    """« sous deux jours ouvrés »."""
    number = IN_LETTERS[days] if days < len(IN_LETTERS) else str(days)
    return f"sous {number} jour{'s' if days > 1 else ''} ouvré{'s' if days > 1 else ''}"


class StructureType(models.Model):
    """A line of the list kept by Aidants Connect, with its code on the national map."""

    aidants_connect_id = models.PositiveIntegerField("identifiant Aidants Connect", unique=True, null=True, blank=True)
    label = models.CharField("libellé", max_length=120, unique=True)
    map_code = models.CharField("code de la cartographie nationale", max_length=20, default="AUTRE")
    needs_details = models.BooleanField("demande une précision", default=False)
    offered = models.BooleanField("proposé à la saisie", default=True)

    class Meta:
        verbose_name = "type de structure"
        verbose_name_plural = "types de structure"
        ordering = ["label"]

    def __str__(self):
        return typographic(self.label)


class Organisation(models.Model):
    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("nature", max_length=20, choices=Kind, default=Kind.STRUCTURE)
    name = models.CharField("nom", max_length=200)
    antenne = models.CharField(
        "antenne", max_length=120, blank=True, help_text="Quand plusieurs structures partagent un SIRET."
    )
    match_key = models.CharField("nom comparé", max_length=KEY_LENGTH, editable=False)
    search_key = KeyField("nom et commune cherchés", sources=("name", "antenne", "city"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="branches", verbose_name="rattachée à"
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name="fusionnée avec",
    )
    siret = SiretField("SIRET", max_length=14, blank=True)
    data_pass_id = DatapassField("numéro Datapass", max_length=20, unique=True, null=True, blank=True)
    nda = NdaField("numéro de déclaration d’activité", max_length=11, blank=True)
    structure_type = models.ForeignKey(
        StructureType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name="type de structure",
    )
    structure_type_details = models.CharField("précision sur le type", max_length=200, blank=True)
    legal_category = models.CharField("catégorie juridique", max_length=4, blank=True, help_text="Code INSEE.")
    address = models.CharField("adresse", max_length=200, blank=True)
    address_complement = models.CharField("complément d’adresse", max_length=200, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    city = models.CharField("commune", max_length=80, blank=True)
    commune_code = CommuneField("code INSEE de la commune", max_length=5, blank=True)
    departement = models.ForeignKey(
        Departement, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name="département"
    )
    france_services = models.BooleanField("label France services", default=False)
    france_services_number = models.CharField("numéro France services", max_length=20, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    assistance_contact = models.CharField("interlocuteur des apprenants", max_length=120, blank=True)
    assistance_days = models.PositiveSmallIntegerField("délai de réponse annoncé, en jours ouvrés", default=2)
    adaptation_days = models.PositiveSmallIntegerField(
        "délai de réponse à une demande d’adaptation, en jours ouvrés", default=5
    )
    signatory_name = models.CharField("signataire des documents", max_length=120, blank=True)
    signatory_role = models.CharField("qualité du signataire", max_length=120, blank=True)
    dpo_contact = models.CharField(
        "DPO ou contact pour les données personnelles",
        max_length=200,
        blank=True,
        help_text="Nom, adresse ou courriel.",
    )
    vat_rate = models.DecimalField(
        "taux de TVA, en pourcentage", max_digits=4, decimal_places=2, default=0, help_text="0 pour une exonération."
    )
    vat_mention = models.CharField(
        "mention de TVA",
        max_length=200,
        blank=True,
        help_text="Le numéro de TVA, ou le texte de l’exonération : article 261-4-4° a du Code général des impôts.",
    )
    payment_terms = models.CharField(
        "modalités de règlement", max_length=300, blank=True, help_text="Délai, moyen, pénalités de retard."
    )
    fictional = models.BooleanField("fictive", default=False)
    confirmed_at = models.DateTimeField("confirmée le", null=True, blank=True, default=timezone.now)
    created_at = models.DateTimeField("créée le", auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisations"
        ordering = ["name", "antenne", "pk"]
        indexes = [models.Index(fields=["siret"]), models.Index(fields=["kind", "departement"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(vat_rate__gte=0, vat_rate__lt=100),
                name="organisation_vat_rate_is_a_percentage",
                violation_error_message="Le taux de TVA est un pourcentage, de 0 à 99,99.",
            ),
            models.UniqueConstraint(
                fields=["siret", "match_key"],
                condition=~Q(siret=""),
                name="organisation_once_per_siret_and_name",
                violation_error_message="Une organisation porte déjà ce SIRET et ce nom : précisez l’antenne.",
            ),
            models.CheckConstraint(
                condition=Q(france_services=True) | Q(france_services_number=""),
                name="organisation_france_services_number_with_label",
                violation_error_message="Un numéro France services suppose le label : cochez-le, ou retirez le numéro.",
            ),
        ]

    def __str__(self):
        return f"{self.name} – {self.antenne}" if self.antenne else self.name

    def save(self, *, update_fields=None, **kwargs):
        self.match_key = match_key(self.name, self.antenne)
        self.departement_id = self.departement_id or self.departement_code_of_commune()
        super().save(update_fields=self._meta.get_field("search_key").along(update_fields), **kwargs)

    @property
    def spaced_siret(self):
        """As it is read aloud: 732 829 320 00074."""
        parts = (self.siret[:3], self.siret[3:6], self.siret[6:9], self.siret[9:])
        return "\u00a0".join(part for part in parts if part)

    @property
    def assistance_delay(self):
        """« sous deux jours ouvrés », as it is announced to learners."""
        return working_days(self.assistance_days)

    @property
    def time_zone(self):
        return self.departement.time_zone if self.departement_id else settings.TIME_ZONE

    @property
    def is_public_body(self):
        """First digit 4 or 7 of the INSEE legal category, the split Aidants Connect makes."""
        return self.legal_category[:1] in {"4", "7"}

    @property
    def is_confirmed(self):
        return self.confirmed_at is not None

    @property
    def full_address(self):
        town = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.address, self.address_complement, town) if part)

    def clean(self):
        self.match_key = match_key(self.name, self.antenne)
        errors = {}
        if self.france_services and not self.france_services_number:
            errors["france_services_number"] = "Indiquez le numéro France services, ou décochez le label."
        if self.structure_type and self.structure_type.needs_details and not self.structure_type_details:
            errors["structure_type_details"] = "Précisez le type de la structure en quelques mots."
        if errors:
            raise ValidationError(errors)

    def standing(self):
        """The one it was merged into, if it was: its people are there."""
        return self.merged_into.standing() if self.merged_into_id else self

    def answer_due_at(self, asked_at, days):
        """When an answer announced in `days` working days is due here."""
        return due_at(asked_at, days, zone=self.time_zone, departement=self.departement_id or "")

    def departement_code_of_commune(self):
        """Never from the postcode: 20000 is in Corse-du-Sud or in Haute-Corse."""
        code = identifiers.departement_of_commune(self.commune_code)
        return code if code and Departement.objects.filter(pk=code).exists() else None
