from parcours.learning.views.activity import activity, finish_reading, restart
from parcours.learning.views.calendar import calendar, calendar_address, calendar_feed, give_up_moment
from parcours.learning.views.competences import competence, competences
from parcours.learning.views.course import checklist, course, download_module
from parcours.learning.views.enrolment import enrol, withdraw
from parcours.learning.views.home import home
from parcours.learning.views.issued import issued_paper, issued_papers, revoke_paper
from parcours.learning.views.papers import paper, paper_pdf, papers
from parcours.learning.views.releve import releve
from parcours.learning.views.reminders import reminders, stop_reminders

__all__ = [
    "activity",
    "calendar",
    "calendar_address",
    "calendar_feed",
    "checklist",
    "competence",
    "competences",
    "course",
    "download_module",
    "enrol",
    "finish_reading",
    "give_up_moment",
    "home",
    "issued_paper",
    "issued_papers",
    "paper",
    "paper_pdf",
    "papers",
    "releve",
    "reminders",
    "restart",
    "revoke_paper",
    "stop_reminders",
    "withdraw",
]
