from django.db import transaction

from parcours.quality.actions.complaints import forget_complaint
from parcours.quality.models import Complaint, SurveyRequest


@transaction.atomic
def forget_person(person):
    """Erase what names somebody whose account is erased; the lines that prove something keep their dates."""
    for complaint in Complaint.objects.filter(person=person):
        forget_complaint(complaint)
    SurveyRequest.objects.filter(person=person).update(email="", name="")
