from lms.organisations.permissions import answers_for


def can_follow_colleagues(person, organisation) -> bool:
    """Enrol, follow and remind the people of a structure: whoever answers for it today, and nobody above them."""
    return answers_for(person, organisation)


def can_answer_invitation(person, invitation) -> bool:
    return person.is_active and person.pk == invitation.person_id
