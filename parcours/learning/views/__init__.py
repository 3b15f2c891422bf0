from parcours.learning.views.activity import activity, finish_reading, restart
from parcours.learning.views.calendar import calendar, calendar_address, calendar_feed, give_up_moment
from parcours.learning.views.competences import competence, competences
from parcours.learning.views.course import checklist, course, download_module
from parcours.learning.views.enrolment import enrol, withdraw
from parcours.learning.views.home import home
from parcours.learning.views.issued import issued_paper, issued_papers, revoke_paper
from parcours.learning.views.learners import learner_releve, learners
from parcours.learning.views.papers import paper, paper_pdf, papers
from parcours.learning.views.releve import releve
from parcours.learning.views.reminders import reminders, stop_reminders
from parcours.learning.views.spread import confirm_spread, editions, preview_spread, spread, spread_minor

__all__ = [
    "activity",
    "calendar",
    "calendar_address",
    "calendar_feed",
    "checklist",
    "competence",
    "competences",
    "confirm_spread",
    "course",
    "download_module",
    "editions",
    "enrol",
    "finish_reading",
    "give_up_moment",
    "home",
    "issued_paper",
    "issued_papers",
    "learner_releve",
    "learners",
    "paper",
    "paper_pdf",
    "papers",
    "preview_spread",
    "releve",
    "reminders",
    "restart",
    "revoke_paper",
    "spread",
    "spread_minor",
    "stop_reminders",
    "withdraw",
]
