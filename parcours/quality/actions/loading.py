"""The national data of quality: a version that is known is left as it stands, whatever was changed in the CMS."""

from django.db import transaction

from lms.kernel.journal import record
from parcours.quality.models import Indicator, Question, Questionnaire, Referential


@transaction.atomic
def load_referentials(versions) -> list[Referential]:
    """Create the versions of the framework whose code is not known yet. Raises ValidationError when two overlap."""
    known = set(Referential.objects.values_list("code", flat=True))
    return [_referential(one) for one in versions if one["code"] not in known]


@transaction.atomic
def load_questionnaires(versions) -> list[Questionnaire]:
    known = set(Questionnaire.objects.values_list("audience", "moment", "valid_from"))
    fresh = [one for one in versions if (one["audience"], one["moment"], one["valid_from"]) not in known]
    return [_questionnaire(one) for one in fresh]


def _referential(version):
    values = {name: value for name, value in version.items() if name != "indicators"}
    created = Referential(**values)
    created.indicators = [_indicator(rank, *line) for rank, line in enumerate(version["indicators"], 1)]
    return _saved(created)


def _indicator(position, criterion, number, label, shown_by, proofs, scope_note=""):
    return Indicator(
        position=position,
        criterion=criterion,
        number=str(number),
        label=label,
        shown_by=shown_by,
        proofs=proofs,
        in_scope=not scope_note,
        scope_note=scope_note,
    )


def _questionnaire(version):
    values = {name: value for name, value in version.items() if name != "questions"}
    created = Questionnaire(**values)
    created.questions = [_question(rank, *line) for rank, line in enumerate(version["questions"], 1)]
    return _saved(created)


def _question(position, code, text, nature=""):
    kind = Question.Kind.TEXT if nature == "text" else Question.Kind.SCALE
    return Question(position=position, code=code, text=text, kind=kind, overall=nature == "overall")


def _saved(version):
    version.full_clean()
    version.save()
    record(f"quality.load_{version._meta.model_name}", version, after={"valid_from": version.valid_from})
    return version
