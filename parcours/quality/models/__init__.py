from parcours.quality.models.complaint import Complaint, ComplaintMessage
from parcours.quality.models.entries import (
    Abandonment,
    DisabilityReferent,
    Hazard,
    Improvement,
    Subcontract,
    TrainerDocument,
    Watch,
)
from parcours.quality.models.evidence import AuditAccess, AuditView, Pack, ParcoursResult
from parcours.quality.models.referential import Indicator, Referential
from parcours.quality.models.survey import Appreciation, Question, Questionnaire, SurveyRequest

__all__ = [
    "Abandonment",
    "Appreciation",
    "AuditAccess",
    "AuditView",
    "Complaint",
    "ComplaintMessage",
    "DisabilityReferent",
    "Hazard",
    "Improvement",
    "Indicator",
    "Pack",
    "ParcoursResult",
    "Question",
    "Questionnaire",
    "Referential",
    "Subcontract",
    "SurveyRequest",
    "TrainerDocument",
    "Watch",
]
