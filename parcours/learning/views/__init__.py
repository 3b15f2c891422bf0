from parcours.learning.views.activity import activity, finish_reading, restart
from parcours.learning.views.course import checklist, course
from parcours.learning.views.enrolment import enrol, withdraw
from parcours.learning.views.home import home

__all__ = ["activity", "checklist", "course", "enrol", "finish_reading", "home", "restart", "withdraw"]
