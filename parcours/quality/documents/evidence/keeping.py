"""What the organisme keeps of its quality, read for the period of one session: nothing of another session’s people."""

from django.db.models import Q
from django.utils import timezone

from lms.kernel.formats import counted
from parcours.adaptations.documents import measures_of
from parcours.adaptations.models import Occasion
from parcours.quality.documents.appreciations import opinions_of
from parcours.quality.documents.evidence.piece import Grid, Page, day, day_of, file_piece, page_piece
from parcours.quality.documents.registers import origin_of
from parcours.quality.lifecycle import DocumentKind, WatchTopic
from parcours.quality.models import (
    Abandonment,
    Complaint,
    DisabilityReferent,
    Hazard,
    Improvement,
    Subcontract,
    TrainerDocument,
    Watch,
)


def _standing(model, case):
    return (
        model.objects.filter(organisation=case.organisation)
        .standing()
        .select_related("recorded_by")
        .order_by("on", "pk")
    )


def _register(case, proof, folder, title, headings, rows, *, on=None, masked=""):
    """A register with its lines, each dated and signed; an empty one says that it is."""
    grid = Grid(title, (*headings, "Date", "Enregistré par"), rows, "Aucune ligne à cette date.")
    page = Page(title, f"du {day(case.since)} au {day(case.until)}", grids=[grid], masked=masked)
    return page_piece(proof, folder, title, lambda: page, on=on or case.until, author=case.issuer, masked=masked)


def _here(case):
    """Of this session, or of none in the period."""
    return Q(session=case.session) | Q(session=None, on__range=(case.since, case.until))


def _masked(count, what):
    """« 2 lignes masquées : adaptations. », or nothing."""
    return f"{counted(count, 'ligne masquée', 'lignes masquées')} : {what}." if count else ""


def _signed(one):
    return day(one.on), one.recorded_by.full_name


def _last(found):
    return max((one.on for one in found), default=None)


def abandonments(case):
    """Of this session; those of other sessions are counted only."""
    here = Q(session=case.session) | Q(session=None, parcours=case.session.parcours_id, person__in=case.people)
    found = list(_standing(Abandonment, case).filter(here).select_related("person"))
    elsewhere = _standing(Abandonment, case).exclude(here).between(case.since, case.until).count()
    rows = [(one.person.full_name, one.get_reason_display(), one.tried, *_signed(one)) for one in found]
    masked = _masked(elsewhere, "autres sessions")
    headings = ("Stagiaire", "Motif", "Ce qui avait été proposé")
    yield _register(case, "abandonments", "abandons", "Abandons", headings, rows, on=_last(found), masked=masked)


def hazards(case):
    found = list(_standing(Hazard, case).filter(_here(case)))
    rows = [(one.what, one.done, day(one.solved_on), *_signed(one)) for one in found]
    headings = ("Ce qui est arrivé", "Ce qui a été fait", "Réglé le")
    yield _register(case, "hazards", "reclamations", "Aléas", headings, rows, on=_last(found))


def complaints(case):
    """Numbers, dates and delays: what was written may name people of other sessions."""
    found = Complaint.objects.filter(organisation=case.organisation).received_between(case.since, case.until)
    found = found.prefetch_related("improvements").order_by("received_at", "pk")
    rows = [
        (
            one.number,
            one.get_capacity_display(),
            day(day_of(one.due_at)),
            day(day_of(one.answered_at)),
            "" if one.days_taken is None else str(one.days_taken),
            "en retard" if one.is_late() else one.get_state_display(),
            " ; ".join(each.what for each in one.improvements.all() if each.withdrawn_at is None),
            day(day_of(one.received_at)),
            "formulaire public",
        )
        for one in found
    ]
    headings = (
        "Numéro",
        "À quel titre",
        "Annoncée pour le",
        "Répondue le",
        "Jours",
        "État",
        "Ce qu’elle a fait changer",
    )
    masked = _masked(len(rows), "objets et textes, qui peuvent désigner d’autres personnes")
    yield _register(case, "complaints", "reclamations", "Réclamations", headings, rows, masked=masked)


def improvements(case):
    found = list(_standing(Improvement, case).filter(_here(case)).select_related("owner", "complaint"))
    rows = [
        (
            one.what,
            origin_of(one),
            one.owner.full_name,
            day(one.due_on),
            one.get_state_display(),
            day(one.done_on),
            one.effect,
            *_signed(one),
        )
        for one in found
    ]
    headings = ("Action", "À la suite de", "Responsable", "Échéance", "État", "Faite le", "Effet mesuré")
    if rows:
        title = "Actions d’amélioration"
        yield _register(case, "improvements", "ameliorations", title, headings, rows, on=_last(found))


def watch(topic, proof):
    def find(case):
        found = list(_standing(Watch, case).filter(topic=topic).between(case.since, case.until))
        rows = [(one.source, one.learnt, one.use, day(one.used_on), *_signed(one)) for one in found]
        headings = ("Ce qui a été lu", "Ce qu’on en retient", "Ce qu’on en a fait", "Fait le")
        if rows:
            title = f"Veille : {WatchTopic(topic).label}"
            yield _register(case, proof, "veille", title, headings, rows, on=_last(found))

    return find


def trainers(case):
    yield from _files(case, "trainers", (DocumentKind.CV, DocumentKind.DIPLOMA, DocumentKind.OTHER))


def trainer_updates(case):
    yield from _files(case, "trainer_updates", (DocumentKind.UPDATE,))


def _files(case, proof, kinds):
    """Of the trainers of this session only."""
    found = _standing(TrainerDocument, case).filter(trainer__in=case.trainers, kind__in=kinds).select_related("trainer")
    for one in found.order_by("trainer__last_name", "trainer__pk", "on", "pk"):
        title = f"{one.get_kind_display()} de {one.trainer.full_name} : {one.title}"
        told = {"on": one.on, "author": one.recorded_by.full_name, "stem": one.get_kind_display()}
        if one.file:
            yield file_piece(proof, "formateurs", title, one.file, one.file_name, **told)
        else:
            facts = [("Pièce", one.title), ("Du", day(one.on)), ("À renouveler avant le", day(one.expires_on))]
            page = Page(title, facts=facts, lead="Aucun fichier n’est joint à cette ligne.")
            yield page_piece(proof, "formateurs", title, lambda page=page: page, **told)


def subcontracts(case):
    """Those that hold during the session."""
    held = Q(ends_on=None) | Q(ends_on__gte=case.first_day)
    found = list(_standing(Subcontract, case).filter(held, starts_on__lte=case.last_day))
    rows = [
        (
            one.name,
            one.entrusted,
            day(one.starts_on),
            day(one.ends_on),
            day(one.checked_on),
            one.checked_how,
            *_signed(one),
        )
        for one in found
    ]
    headings = ("Sous-traitant", "Ce qui est confié", "Du", "Au", "Qualité vérifiée le", "Ce qui a été vérifié")
    yield _register(case, "subcontracts", "sous-traitance", "Sous-traitance", headings, rows, on=_last(found))
    for one in found:
        if one.file:
            title = f"Contrat avec {one.name}"
            told = {"on": one.on, "author": one.recorded_by.full_name}
            yield file_piece("subcontracts", "sous-traitance", title, one.file, one.file_name, **told)


def disability(case):
    """The référent in charge at the time; of adaptations, their number and nothing more."""
    held = Q(until=None) | Q(until__gte=case.first_day)
    found = list(_standing(DisabilityReferent, case).filter(held, on__lte=case.last_day).select_related("person"))
    rows = [
        (one.person.full_name, day(one.until), one.training, day(one.trained_on), one.network, *_signed(one))
        for one in found
    ]
    headings = ("Référent", "Jusqu’au", "Formation suivie", "Suivie le", "Partenaires")
    adapted = len(measures_of(case.people, occasion=Occasion.SESSIONS, on=case.first_day)) if case.people else 0
    masked = _masked(adapted, "adaptations")
    if rows:
        yield _register(
            case, "disability", "handicap", "Référent handicap", headings, rows, on=_last(found), masked=masked
        )


def appreciations(case):
    opinions = opinions_of([case.session.pk], small=False)
    if not opinions:
        return
    rows = [(one.title, str(one.asked), str(one.answered), one.rate) for one in opinions]
    grids = [Grid("Retours", ("Public et moment", "Demandes", "Réponses", "Taux de retour"), rows)]
    for opinion in opinions:
        for answered in opinion.questions:
            title = f"{opinion.title} : {answered.question.text}"
            if answered.counts:
                cells = [(word, str(count)) for word, count in answered.counts]
                grids.append(Grid(title, ("Réponse", "Personnes"), cells))
            elif answered.texts:
                grids.append(Grid(title, ("Texte libre",), [(text,) for text in answered.texts]))
    hidden = sum(one.hidden for one in opinions)
    masked = _masked(hidden, "moins de trois réponses")
    page = Page("Appréciations", case.session.when, grids=grids, masked=masked)
    told = {"on": timezone.localdate(), "author": case.issuer, "masked": masked}
    yield page_piece("appreciations", "appreciations", "Appréciations des quatre publics", lambda: page, **told)
