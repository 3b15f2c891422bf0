"""What other rooms are told of whom follows what."""

from django.urls import reverse

from parcours.assistance.engine.following import Following
from parcours.learning.models import Enrolment


def following_of(person, parcours_id) -> Following | None:
    found = Enrolment.objects.visible_to(person).followed().filter(parcours=parcours_id)
    followed = found.values_list("pk", "edition").first()
    if followed is None:
        return None
    pk, edition_id = followed
    course = reverse("learning:course", args=[pk])
    return Following(edition_id, course, lambda slug: reverse("learning:activity", args=[pk, slug]))
