from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from parcours.quality.models import Questionnaire, Referential
from parcours.quality.viewsets import NationalPolicy, QualityGroup

for model in (Referential, Questionnaire):
    register_permission_policy(model, NationalPolicy(model))
register_snippet(QualityGroup)
