from urllib.parse import quote

from parcours.learning.models.assistance import assistance_of


def assistance_for(parcours_id, subject) -> dict:
    """What a page needs to offer a person's help about `subject`."""
    assistance = assistance_of(parcours_id)
    return {"assistance": assistance, "question_href": f"mailto:{assistance.email}?subject={quote(subject)}"}
