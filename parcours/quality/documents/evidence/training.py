"""What was announced, planned, followed and signed in a session."""

from collections import defaultdict

from lms.kernel.formats import counted, duration, time_short
from lms.kernel.models import AlteredFile, Paper
from lms.kernel.papers import kind_of
from parcours.assistance.models import Thread
from parcours.classroom.models import Convocation, Deroule, Survey
from parcours.classroom.models.questions import questions_for
from parcours.emargement.documents import attendance_rows
from parcours.emargement.lifecycle import AttendanceState
from parcours.emargement.models import Scan
from parcours.learning.documents import releve_of
from parcours.paperwork.models import Delivery, PaperSignature, SessionPaper
from parcours.quality.documents.evidence.piece import Grid, Page, Piece, day, day_of, file_piece, page_piece
from parcours.quality.documents.results import figures_of, period_ending
from parcours.quality.engine.masking import mask

ANNOUNCED = (
    ("Public", "audience"),
    ("Prérequis", "prerequisites"),
    ("Modalités", "modalities"),
    ("Délais d’accès", "access"),
    ("Tarif", "price"),
    ("Méthodes", "methods"),
    ("Évaluation", "evaluation"),
    ("Accessibilité", "accessibility"),
    ("Référent handicap", "disability_contact"),
    ("Contact et assistance", "contact"),
)


def public_page(case):
    """As it was announced when the session was published."""
    at = case.session.published_at or case.session.starts_at
    editions = case.session.parcours.editions.select_related("published_by").order_by("-number")
    edition = editions.filter(published_at__lte=at).first() or editions.filter(pk=case.session.edition_id).first()

    def build():
        content = edition.shown()["content"]
        return Page(
            content["title"],
            f"Page publique au {day(day_of(at))}, édition {edition.number}",
            content["summary"],
            [(label, content[name]) for label, name in ANNOUNCED if content[name]],
            [Grid("Objectifs", ("Objectif",), [(one,) for one in content["objectives"]])],
        )

    author = str(edition.published_by or case.issuer)
    yield page_piece(
        "public_page", "information", "Page publique", build, on=day_of(edition.published_at), author=author
    )


def programme(case):
    edition = case.session.edition
    rows = [(one.module_title, one.title, duration(one.minutes), one.duration_basis) for one in edition.outline]

    def build():
        grid = Grid("Étapes en ligne", ("Module", "Étape", "Durée", "Façon dont la durée est obtenue"), rows)
        content = edition.shown()["content"]
        aims = Grid("Objectifs", ("Objectif",), [(one,) for one in content["objectives"]])
        return Page(f"Programme : {edition.title}", f"Édition {edition.number}", "", [], [aims, grid])

    yield page_piece(
        "programme", "programme", "Programme suivi", build, on=day_of(edition.published_at), author=case.issuer
    )


def coverage(case):
    rows = [(one.title, ", ".join(one.competences)) for one in case.session.edition.outline if one.competences]
    if rows:
        grid = Grid("Étapes et compétences", ("Étape", "Compétences"), rows)
        page = Page("Croisement des étapes et des compétences", grids=[grid])
        yield page_piece("coverage", "programme", "Étapes et compétences", lambda: page, author=case.issuer)


def schedule(case):
    half_days = list(case.session.half_days.all())
    plans = {
        one.half_day_id: one for one in Deroule.objects.filter(half_day__in=half_days).select_related("adapted_by")
    }
    rows = [
        (
            day(one.day),
            f"{time_short(one.local_start)} – {time_short(one.local_end)}",
            str(one.room or "à distance"),
            "accessible en fauteuil roulant" if one.room and one.room.is_accessible else "",
            ", ".join(each.full_name for each in one.trainers.all()),
        )
        for one in half_days
    ]
    grid = Grid("Demi-journées", ("Jour", "Heures", "Lieu", "Accès", "Formateurs"), rows)
    page = Page("Moyens et calendrier", case.session.when, grids=[grid])
    yield page_piece("schedule", "moyens", "Demi-journées", lambda: page, on=case.first_day, author=case.issuer)
    for one in half_days:
        if plan := plans.get(one.pk):
            yield page_piece(
                "schedule",
                "moyens",
                f"Déroulé du {day(one.day)}",
                lambda plan=plan: _plan(plan),
                on=day_of(plan.adapted_at),
                author=plan.adapted_by.full_name,
            )


def _plan(plan):
    rows = [
        (one["title"], duration(one["minutes"]), one.get("aim", ""), one.get("method", "")) for one in plan.sequences
    ]
    return Page(
        plan.title, "Déroulé", plan.notes, [], [Grid("Séquences", ("Séquence", "Durée", "Objectif", "Méthode"), rows)]
    )


def needs(case):
    """Of the trainees of this session and of those who send or pay for them."""
    found = Survey.objects.filter(session=case.session, answered_at__isnull=False)
    for one in found.select_related("person", "employer", "registration__person").order_by("audience", "pk"):
        who = one.registration.person.full_name if one.registration_id else str(one.employer)
        yield page_piece(
            "needs",
            "besoins",
            f"Besoin exprimé par {who}",
            lambda one=one, who=who: _need(case, one, who),
            on=day_of(one.answered_at),
            author=str(one.person) if one.person_id else who,
            stem="besoin",
        )


def _need(case, survey, who):
    names = case.others(survey.registration.person) if survey.registration_id else []
    asked = {one["code"]: one["label"] for one in questions_for(survey.audience, day_of(survey.sent_at))}
    told = [
        (asked.get(code, code), mask(", ".join(value) if isinstance(value, list) else str(value), names)[0])
        for code, value in survey.answers.items()
    ]
    return Page(
        f"Recueil des besoins : {who}", survey.get_audience_display(), f"Répondu le {day(survey.answered_at)}", told
    )


def deliveries(case):
    found = Delivery.objects.filter(registration__in=case.registrations).select_related("text", "registration__person")
    rows = [
        (
            str(one.text),
            one.registration.person.full_name,
            day(one.delivered_at),
            day(one.opened_at),
            day(one.acknowledged_at),
        )
        for one in found.order_by("pk")
    ]
    sent = Convocation.objects.filter(registration__in=case.registrations).select_related("registration__person")
    called = [("Convocation", one.registration.person.full_name, day(one.sent_at), "", "") for one in sent]
    if rows or called:
        headings = ("Document", "Remis à", "Le", "Ouvert le", "Reconnu le")
        page = Page("Documents remis aux stagiaires", grids=[Grid("Remises", headings, called + rows)])
        yield page_piece(
            "deliveries", "remises", "Documents remis", lambda: page, on=case.first_day, author=case.issuer
        )


def papers(case):
    """As they were issued, those that a correction replaced included."""
    found = SessionPaper.objects.filter(session=case.session).sealed().select_related("paper", "asked_by")
    for row in found.order_by("paper__kind", "paper__number"):
        yield _paper(row.paper, row.asked_by.full_name if row.asked_by_id else case.issuer)
    keys = [one.enrolment.attestation_key for one in case.registrations if one.enrolment_id]
    for paper in Paper.objects.issued().filter(key__in=keys).order_by("number"):
        yield _paper(paper, case.issuer)
    signed = PaperSignature.objects.filter(session_paper__session=case.session).select_related("session_paper__paper")
    rows = [
        (one.session_paper.paper.number, one.name, one.get_party_display(), day(one.at), one.statement, one.sha256)
        for one in signed.order_by("pk")
    ]
    if rows:
        headings = ("Document", "Signé par", "Partie", "Le", "Déclaration", "Empreinte signée")
        page = Page("Signatures des documents", grids=[Grid("Signatures", headings, rows)])
        yield page_piece("papers", "papiers", "Signatures des documents", lambda: page, author=case.issuer)
    for one in signed.exclude(file="").order_by("pk"):
        title = f"Exemplaire signé de {one.session_paper.paper.number}"
        yield file_piece("papers", "papiers", title, one.file, one.file.name, on=day_of(one.at), author=one.name)


def _paper(paper, author):
    title = f"{kind_of(paper).label} {paper.number}"
    return Piece("papers", "papiers", title, lambda: _bytes(paper), "pdf", paper.issued_on, author)


def _bytes(paper):
    try:
        yield paper.read()
    except AlteredFile:
        yield f"Le fichier {paper.number} n’est plus celui qui a été scellé : il n’est pas joint.\n".encode()


def signatures(case):
    for rows in attendance_rows(case.session):
        if rows.sheet is None:
            continue
        title = f"Présences du {day(rows.half_day.day)} {time_short(rows.half_day.local_start)}"
        yield page_piece(
            "signatures",
            "presences",
            title,
            lambda rows=rows, title=title: _sheet(rows, title),
            on=rows.half_day.day,
            author=rows.locked_by or ", ".join(rows.trainers),
        )
    for scan in Scan.objects.filter(sheet__half_day__session=case.session).select_related("by").order_by("pk"):
        title = f"Feuille papier numérisée {scan.pk}"
        yield file_piece(
            "signatures", "presences", title, scan.file, scan.name, on=day_of(scan.at), author=scan.by.full_name
        )


def _sheet(rows, title):
    lines = [
        (
            one.name,
            one.employer,
            _presence(one),
            "" if one.minutes is None else duration(one.minutes),
            one.way,
            day(one.signed_at),
            one.entered_by,
            one.statement_sha256,
        )
        for one in rows.lines
    ]
    headings = (
        "Stagiaire",
        "Employeur",
        "Présence",
        "Durée",
        "Façon de signer",
        "Signée le",
        "Recueillie par",
        "Empreinte",
    )
    changes = [
        (line.name, day(one.at), str(one.by), _without_excuse(one.before), _without_excuse(one.after), one.reason)
        for line in rows.lines
        for one in line.corrections
    ]
    grids = [Grid("Signatures", headings, lines)]
    if changes:
        grids.append(Grid("Corrections", ("Stagiaire", "Le", "Par", "Avant", "Après", "Motif"), changes))
    locked = (
        f"Contresignée par {rows.locked_by} le {day(rows.sheet.locked_at)}." if rows.locked_by else "Non verrouillée."
    )
    excused = sum(one.attendance.state == AttendanceState.EXCUSED for one in rows.lines)
    masked = f"{counted(excused, 'motif d’absence masqué', 'motifs d’absence masqués')}." if excused else ""
    return Page(title, "Feuille d’émargement", locked, grids=grids, masked=masked)


def _presence(line):
    """Why somebody was excused may tell of their health: the auditor reads that they were."""
    if line.attendance.state == AttendanceState.EXCUSED:
        return line.attendance.get_state_display()
    return line.state


def _without_excuse(version):
    return version["words"].partition("\u00a0:")[0] if version.get("excuse") else version.get("words", "")


def traces(case):
    for one in case.registrations:
        if one.enrolment_id:
            yield page_piece(
                "traces",
                "suivi",
                f"Relevé de {one.person.full_name}",
                lambda one=one: _releve(one),
                on=day_of(one.enrolment.progress.last_at) if hasattr(one.enrolment, "progress") else None,
                author=one.person.full_name,
                stem="releve",
            )


def _releve(registration):
    found = releve_of(registration.enrolment)
    rows = [
        (one.activity.title, day(one.opened_at), day(one.done_at), duration(one.activity.minutes), one.seen, one.result)
        for one in found["lines"]
    ]
    helped = [(one.place, day(one.asked_at), day(one.answered_at), one.delay) for one in found["exchanges"]]
    headings = ("Étape", "Ouverte le", "Terminée le", "Durée déclarée", "Temps constaté", "Résultat")
    return Page(
        f"Relevé de {registration.person.full_name}",
        str(registration.employer),
        "La durée déclarée est celle qui compte ; le temps constaté est donné à côté.",
        grids=[
            Grid("Étapes", headings, rows),
            Grid("Assistance", ("Depuis", "Posée le", "Répondue le", "Délai"), helped),
        ],
    )


def threads(case):
    """The exchanges of each trainee about this parcours while it ran: names of the others masked, files left out."""
    parcours = case.session.parcours_id
    found = Thread.objects.filter(person__in=case.people, parcours=parcours, asked_at__date__lte=case.until)
    asked = defaultdict(list)
    for pk, person, at in found.order_by("asked_at").values_list("pk", "person", "asked_at"):
        asked[person].append((at, pk))
    for one in case.registrations:
        own = [(at, pk) for at, pk in asked[one.person_id] if at >= one.registered_at]
        if own:
            yield page_piece(
                "threads",
                "echanges",
                f"Échanges de {one.person.full_name}",
                lambda one=one, own=own: _exchanges(case, one.person, [pk for _, pk in own]),
                on=day_of(own[-1][0]),
                author=one.person.full_name,
                masked="Noms des autres personnes masqués.",
                stem="echanges",
            )


def _exchanges(case, person, primary_keys):
    names, texts, masked, files = case.others(person), [], 0, 0
    for thread in Thread.objects.filter(pk__in=primary_keys).for_thread().order_by("asked_at"):
        for message in thread.messages.all():
            text, count = mask(message.text, names)
            masked, files = masked + count, files + len(message.attachments.all())
            who = f"{message.author.full_name}, {day(message.at)}, depuis « {thread.place} »"
            texts.append((who, text or "Texte effacé."))
    told = f"{counted(masked, 'nom', 'noms')} d’autres personnes, {counted(files, 'pièce jointe', 'pièces jointes')}."
    return Page(f"Échanges de {person.full_name}", "Assistance", texts=texts, masked=told)


def results(case):
    since, until = period_ending(case.last_day)
    rows = [(one.label, one.text, one.definition) for one in figures_of(case.session.parcours_id, since, until)]
    grid = Grid("Résultats calculés", ("Résultat", "Valeur", "Ce qui est compté"), rows)
    page = Page("Résultats du parcours", f"du {day(since)} au {day(until)}", grids=[grid])
    yield page_piece("results", "information", "Résultats du parcours", lambda: page, on=until, author=case.issuer)
