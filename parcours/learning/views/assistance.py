from urllib.parse import urlencode

from django.urls import reverse

from parcours.assistance.documents import assistance_of, own_questions, shared_answers


def assistance_for(enrolment, activity=None) -> dict:
    """What a page needs to offer a person's help, from an étape or about the whole parcours.

    `enrolment` comes with `has_asked`: for who never did, nothing is asked once what is the same for all is known.
    """
    parcours_id, slug = enrolment.parcours_id, activity.slug if activity else ""
    asked_from = {"parcours": parcours_id} | ({"etape": slug} if slug else {})
    return {
        "assistance": assistance_of(parcours_id),
        "ask_url": f"{reverse('assistance:ask')}?{urlencode(asked_from)}",
        "own_questions": own_questions(enrolment.person_id, parcours_id, slug) if enrolment.has_asked else 0,
        "shared_answers": shared_answers(parcours_id).get(activity.activity_id if activity else "", ()),
    }
