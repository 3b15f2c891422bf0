"""The date before which a page must be read again, whatever its type."""

import datetime

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from parcours.catalogue.models import ModulePage, ParcoursPage, SeancePage

DATED = (ModulePage, SeancePage, ParcoursPage)
SOON = datetime.timedelta(days=30)


def with_due_date(pages):
    """Modules, half-days and parcours among these pages, with `due_on` and `read_on`."""
    names = [model._meta.model_name for model in DATED]
    return pages.type(*DATED).annotate(
        due_on=Coalesce(*(F(f"{name}__review_due_on") for name in names)),
        read_on=Coalesce(*(F(f"{name}__reviewed_on") for name in names)),
    )


def lateness(due_on: datetime.date | None) -> str:
    if due_on is None:
        return "sans date de relecture"
    days = (due_on - timezone.localdate()).days
    if days < 0:
        return f"en retard de {-days} jour{'s' if days < -1 else ''}"
    return "aujourd’hui" if days == 0 else f"dans {days} jour{'s' if days > 1 else ''}"
