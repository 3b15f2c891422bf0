"""What the pages about a structure have in common."""

from django.shortcuts import get_object_or_404

from lms.organisations.models import Organisation

STEPS = ("Choisir le parcours", "Donner la liste", "Vérifier et corriger", "Confirmer")


def structure_of(request, public_id):
    """One of the structures the person answers for: for them no other exists."""
    return get_object_or_404(Organisation.objects.answered_for_by(request.user).known_as(public_id))
