from parcours.learning.views.activity import activity, answer, finish_reading, restart
from parcours.learning.views.enrolment import checklist, course, enrol
from parcours.learning.views.home import home

__all__ = ["activity", "answer", "checklist", "course", "enrol", "finish_reading", "home", "restart"]
