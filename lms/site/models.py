"""Pages of the site itself, and who answers for it."""

from django.core.cache import cache
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

from .blocks import EditorialBlock


class Written(models.Model):
    """What the home page and the editorial pages share; `body` may name the operator: `{{ editeur }}`."""

    summary = models.TextField("résumé", blank=True, help_text="Une à deux phrases, lues sous le titre.")
    body = StreamField(EditorialBlock(), verbose_name="contenu", blank=True)
    up_to_date_on = models.DateField("à jour le", null=True, blank=True)

    content_panels = [*Page.content_panels, "summary", "body", "up_to_date_on"]

    class Meta:
        abstract = True


class HomePage(Written, Page):
    content_panels = Written.content_panels
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "site/home_page.html"

    class Meta:
        verbose_name = "page d’accueil"
        verbose_name_plural = "pages d’accueil"


class EditorialPage(Written, Page):
    """A page of text. Two slugs carry something generated: `donnees-personnelles` and `plan-du-site`."""

    content_panels = Written.content_panels
    parent_page_types = ["site.HomePage", "site.EditorialPage"]
    subpage_types = ["site.EditorialPage"]
    template = "site/editorial_page.html"

    class Meta:
        verbose_name = "page éditoriale"
        verbose_name_plural = "pages éditoriales"


class AccessibilityLevel(models.TextChoices):
    """The three answers the regulation allows. Source: décret n° 2019-768, arrêté du 20 septembre 2019."""

    NONE = "non", "non conforme"
    PARTIAL = "partiellement", "partiellement conforme"
    FULL = "totalement", "totalement conforme"


class SiteIdentity(models.Model):
    """Who publishes, hosts and answers: one row, filled by the first-run assistant, read by the legal pages."""

    PLACEHOLDERS = ("editeur", "contact", "directeur_publication", "hebergeur", "dpo", "contact_accessibilite")

    REMEMBERED = "site.identity"

    editeur = models.TextField("éditeur", blank=True, help_text="Nom, forme et adresse postale, une ligne par élément.")
    contact = models.EmailField("adresse de contact", blank=True)
    directeur_publication = models.CharField("directeur ou directrice de la publication", max_length=200, blank=True)
    hebergeur = models.TextField("hébergeur", blank=True, help_text="Nom, adresse postale et téléphone.")
    dpo = models.CharField(
        "délégué à la protection des données",
        max_length=300,
        blank=True,
        help_text="Une adresse électronique ou postale qui lui parvient.",
    )
    contact_accessibilite = models.EmailField("contact pour l’accessibilité", blank=True)
    accessibility = models.CharField(
        "conformité au RGAA",
        max_length=20,
        choices=AccessibilityLevel,
        default=AccessibilityLevel.NONE,
        help_text="Sans audit, la réglementation demande de déclarer « non conforme ».",
    )
    sender_confirmed = models.CharField("expéditeur confirmé", max_length=300, blank=True, editable=False)
    mail_received_at = models.DateTimeField("message d’essai reçu le", null=True, blank=True, editable=False)
    files_tested_at = models.DateTimeField("fichiers essayés le", null=True, blank=True, editable=False)
    queue_tested_at = models.DateTimeField("file d’attente essayée le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "identité du site"
        verbose_name_plural = "identité du site"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="site_identity_is_one_row",
                violation_error_message="Le site n’a qu’une identité : modifiez celle qui existe.",
            )
        ]

    def __str__(self):
        return "identité du site"

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        cache.delete(self.REMEMBERED)

    @classmethod
    def load(cls):
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @classmethod
    def texts(cls) -> dict[str, str]:
        """What pages may name, by placeholder, and the level of accessibility in words; remembered for a minute."""

        def read():
            identity = cls.load()
            named = {name: getattr(identity, name) for name in cls.PLACEHOLDERS}
            return named | {"accessibility": identity.get_accessibility_display()}

        return cache.get_or_set(cls.REMEMBERED, read, 60)
