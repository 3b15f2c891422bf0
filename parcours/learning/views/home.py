from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.site.menus import entries_of
from parcours.learning.models import Enrolment
from parcours.learning.permissions import can_enrol
from parcours.learning.views.cards import cards_of, lines_of
from parcours.learning.views.resuming import step_of

ACCOUNT = (
    ("Mes employeurs", "organisations:employers", "pour qui vous vous formez"),
    ("Mon profil", "accounts:profile", "nom, fuseau horaire, adresse pour Pix et Aidants Connect"),
    ("Connexion et sécurité", "accounts:security", "appareils ouverts, mot de passe, second facteur"),
    ("Mes données", "accounts:data", "ce que nous gardons, pourquoi, et votre copie"),
)


@require_safe
def home(request):
    require(can_enrol(request.user))
    cards = cards_of(request.user, Enrolment.objects.visible_to(request.user).followed().for_home())
    first = cards[0].enrolment if cards and not cards[0].completed else None
    context = {
        "step": step_of(first, {row.activity_id: row for row in first.activities.all()}) if first else None,
        "lines": lines_of(request.user, cards),
        "cards": cards,
        "pages": _pages(request),
        "account": [{"label": label, "url": reverse(name), "detail": detail} for label, name, detail in ACCOUNT],
    }
    return render(request, "learning/home.html", context)


def _pages(request) -> list[dict]:
    """What exists for this person, beside this page."""
    entries = [one for one in entries_of("Mon espace", request.user) if one.url != request.path]
    return [{"label": one.label, "url": one.url, "detail": one.about} for one in entries]
