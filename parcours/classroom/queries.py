from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from lms.kernel.access import is_signed_in
from lms.organisations.lifecycle import ANSWERING_ROLES, Role
from lms.organisations.permissions import active_memberships
from parcours.classroom.lifecycle import ACTIVE, QUEUED, SEATED, Audience, RegistrationState, SessionState

COMING, PAST = "a-venir", "passees"
TEACHING_ROLES = (Role.TRAINER, Role.TRAINING_MANAGER)
OF_A_ROW = (
    *("public_id", "state", "modality", "zone", "starts_at", "ends_at", "capacity", "seats_taken", "price"),
    "edition__title",
)
OF_A_FRAME = (
    *("public_id", "state", "zone", "starts_at", "ends_at", "capacity", "seats_taken", "intra", "cancel_reason"),
    *("parcours_id", "edition__title", "organisation__kind"),
)
OF_AN_OVERRIDE = (
    *("opening_override__at", "opening_override__reason", "opening_override__by__first_name"),
    *("opening_override__by__last_name", "opening_override__by__email"),
)
OF_A_NAME = (
    *("public_id", "session_id", "state", "registered_at"),
    *("person__first_name", "person__last_name", "person__email", "employer__name", "employer__antenne"),
)
OF_A_TRAINEE = (
    *("is_conseiller", "person__pix_email"),
    *("survey__answers", "survey__answered_at", "enrolment__progress__minutes_done"),
)


def homes(person, *roles) -> set[int]:
    """The organisations where the person holds one of these roles today, by primary key."""
    return {one.organisation_id for one in active_memberships(person) if one.role in roles}


class RoomQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those of the organisme de formation where one teaches or answers for the training."""
        if not is_signed_in(person):
            return self.none()
        return self.filter(organisation__in=homes(person, *TEACHING_ROLES))

    def matching(self, text):
        """Every word of a search, in the name, the address or the town."""
        found = self
        for word in text.split()[:6]:
            found = found.filter(Q(name__icontains=word) | Q(address__icontains=word) | Q(city__icontains=word))
        return found

    def for_list(self, *, archived):
        return (
            self.filter(archived_at__isnull=not archived).select_related("departement").order_by("city", "name", "pk")
        )


class SessionQuerySet(models.QuerySet):
    def open_to_public(self):
        """What the public page lists."""
        return self.filter(state=SessionState.PUBLISHED, intra=False)

    def visible_to(self, person):
        """In the training space: those of the organisme de formation where one teaches or answers for the training."""
        if not is_signed_in(person):
            return self.none()
        return self.filter(organisation__in=homes(person, *TEACHING_ROLES))

    def for_finding(self):
        """What the public reads of sessions in a list."""
        return (
            self.select_related("edition", "organisation", "departement", "opening_override")
            .defer("edition__content")
            .prefetch_related("half_days__room")
        )

    def ever_public(self):
        """Those whose page stays: announced once, held, over or cancelled."""
        return self.exclude(published_at=None).filter(intra=False)

    def for_frame(self):
        """What the frame of a session shows: title, dates, places; never the content of the edition."""
        found = self.select_related("edition", "organisation").only(*OF_A_FRAME)
        return found.prefetch_related(models.Prefetch("half_days", self._half_days().for_frame()))

    def for_page(self):
        """The frame of a session, and who trains in each half-day."""
        found = self.select_related("edition", "organisation").defer("edition__content")
        return found.prefetch_related(models.Prefetch("half_days", self._half_days().for_page()))

    def for_trainees(self):
        """What the tab « Stagiaires » says of the whole session: opened by exception, towards the habilitation."""
        found = self.select_related("opening_override__by").only(*OF_A_FRAME, *OF_AN_OVERRIDE)
        return found.annotate(is_habilitation=F("parcours__is_habilitation"))

    def for_list(self):
        """What a row shows of the session itself: title, dates, seats."""
        return self.select_related("edition").only(*OF_A_ROW)

    def for_export(self):
        return self.for_page().select_related("departement", "intra_for")

    def in_period(self, period, now):
        """« à venir » takes what is under way, and drafts whose dates are not chosen."""
        if period == COMING:
            return self.filter(Q(ends_at__gt=now) | Q(ends_at=None))
        return self.filter(ends_at__lte=now) if period == PAST else self

    def run_with(self, trainer):
        return self.filter(Exists(self._half_days().filter(session=OuterRef("pk"), trainers=trainer)))

    def with_free_seats(self):
        return self.annotate(seats_free=F("capacity") - F("seats_taken"))

    def _half_days(self):
        return self.model._meta.get_field("half_days").related_model.objects


class HalfDayQuerySet(models.QuerySet):
    def for_frame(self):
        """When and where, and nothing more."""
        found = self.select_related("room").order_by("position")
        return found.only("session_id", "position", "starts_at", "ends_at", "link", "room__name", "room__city")

    def for_page(self):
        return self.select_related("room").order_by("position").prefetch_related("trainers")

    def places(self):
        """Where each is held: its session, its room, the name and the town of this room, the link."""
        found = self.order_by("session", "position")
        return found.values_list("session", "room", "room__name", "room__city", "link")

    def trainers_named(self):
        """Who runs each: its session, then what a person is called by."""
        found = self.filter(trainers__isnull=False)
        found = found.order_by("session", "position", "trainers__last_name", "trainers__first_name", "trainers")
        return found.values_list("session", "trainers__first_name", "trainers__last_name", "trainers__email")

    def colliding(self, starts_at, ends_at, room, trainers):
        """Of published sessions, at the same time, in the same room or with one of the same people."""
        held = self.filter(session__state=SessionState.PUBLISHED, starts_at__lt=ends_at, ends_at__gt=starts_at)
        found = held.filter(Q(room__isnull=False, room=room) | Q(trainers__in=trainers)).distinct()
        return found.select_related("session__edition").defer("session__edition__content").prefetch_related("trainers")


class RegistrationQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state__in=ACTIVE)

    def seated(self):
        return self.filter(state__in=SEATED)

    def queued(self):
        """In the order in which a seat is offered."""
        return self.filter(state__in=QUEUED).order_by("registered_at", "pk")

    def visible_to(self, person):
        """Mine, those of the structures I answer for, those of the sessions of my organisme de formation."""
        if not is_signed_in(person):
            return self.none()
        return self.filter(
            Q(person=person)
            | Q(employer__in=homes(person, *ANSWERING_ROLES))
            | Q(session__organisation__in=homes(person, *TEACHING_ROLES))
        )

    def for_pages(self):
        """Each with its session, its half-days and their rooms, never the content of the edition."""
        return (
            self.select_related(
                "person", "employer", "session__edition", "session__organisation__departement", "session__departement"
            )
            .defer("session__edition__content")
            .prefetch_related("session__half_days__room")
        )

    def by_name(self):
        return self.order_by("person__last_name", "person__first_name", "pk")

    def for_names(self):
        """Who they are and who sends them, and nothing more."""
        return self.select_related("person", "employer").only(*OF_A_NAME)

    def for_trainer(self):
        """With what each said and did before; `is_convoked`: whether a convocation was sent."""
        convocations = self.model._meta.get_field("convocations").related_model.objects
        found = self.select_related("person", "employer", "survey", "enrolment__progress")
        return found.only(*OF_A_NAME, *OF_A_TRAINEE).annotate(
            is_convoked=Exists(convocations.filter(registration=OuterRef("pk")))
        )

    def to_convoke(self, now, days):
        """Seated for good in a session that begins within so many days."""
        soon = self.filter(state=RegistrationState.REGISTERED, session__state=SessionState.PUBLISHED)
        return soon.filter(session__starts_at__gt=now, session__starts_at__lt=now + timedelta(days=days))


class SignalledNeedQuerySet(models.QuerySet):
    def waiting(self):
        """Unserved demand: nobody was warned of a session, nobody said to stop."""
        return self.filter(warned_at=None, stopped_at=None)

    def outlived(self, before):
        return self.filter(created_at__lt=before)


class SurveyQuerySet(models.QuerySet):
    def visible_to(self, person):
        """What is asked of the person, or of a structure they answer for: never what others were asked."""
        if not is_signed_in(person):
            return self.none()
        ours = Q(audience=Audience.EMPLOYER, employer__in=homes(person, *ANSWERING_ROLES))
        return self.filter(Q(audience=Audience.LEARNER, person=person) | ours)

    def unanswered(self):
        return self.filter(answered_at=None)

    def to_remind(self, before):
        """Silent since that day, never reminded, about a session still to come and a seat still held."""
        found = self.unanswered().filter(reminded_at=None, sent_at__lt=before, session__state=SessionState.PUBLISHED)
        return found.filter(Q(registration=None) | Q(registration__state__in=SEATED))

    def for_answers(self):
        """What was answered, and by whom."""
        found = self.select_related("employer").order_by("audience", "pk")
        return found.only("audience", "answers", "sent_at", "employer__name", "employer__antenne")

    def for_page(self):
        return self.select_related(
            "session__edition", "session__organisation", "registration__person", "employer", "person"
        ).defer("session__edition__content")
