from urllib.parse import urlencode

from django.urls import reverse

from parcours.assistance.documents import assistance_of, shared_answers


def assistance_for(enrolment, activity=None) -> dict:
    """What a page needs to offer a person's help, from an étape or about the whole parcours.

    `enrolment` comes `with_own_questions`: nothing else is asked once what is the same for all is known.
    """
    parcours_id = enrolment.parcours_id
    asked_from = {"parcours": parcours_id} | ({"etape": activity.slug} if activity else {})
    return {
        "assistance": assistance_of(parcours_id),
        "ask_url": f"{reverse('assistance:ask')}?{urlencode(asked_from)}",
        "own_questions": enrolment.own_questions,
        "shared_answers": shared_answers(parcours_id).get(activity.activity_id if activity else "", ()),
    }
