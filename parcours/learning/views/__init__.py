from parcours.learning.views.activity import activity, finish_reading, restart
from parcours.learning.views.course import checklist, course
from parcours.learning.views.enrolment import enrol, withdraw
from parcours.learning.views.home import home
from parcours.learning.views.issued import issued_paper, issued_papers, revoke_paper
from parcours.learning.views.papers import paper, paper_pdf, papers

__all__ = [
    "activity",
    "checklist",
    "course",
    "enrol",
    "finish_reading",
    "home",
    "issued_paper",
    "issued_papers",
    "paper",
    "paper_pdf",
    "papers",
    "restart",
    "revoke_paper",
    "withdraw",
]
