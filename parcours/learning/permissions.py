def can_enrol(person):
    return person.is_authenticated and person.is_active


def can_follow(person, enrolment):
    """Only the learner writes traces of his own learning; a colleague or a trainer never does it for him."""
    return enrolment.person_id == person.pk and enrolment.state != enrolment.State.WITHDRAWN


def can_withdraw(person, enrolment):
    return can_follow(person, enrolment)
