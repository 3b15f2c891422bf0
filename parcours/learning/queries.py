from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q

from lms.kernel.access import is_signed_in
from lms.kernel.models import Paper
from lms.organisations.lifecycle import Role
from parcours.learning.engine.fold import PRESENCE
from parcours.learning.engine.reminding import EVERY_DAYS, MOST
from parcours.learning.lifecycle import SpreadState, State

TRAINING_ROLES = (Role.TRAINER, Role.TRAINING_MANAGER)


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, person):
        """What a person follows; référents and trainers read lists of their own, never these pages."""
        if not is_signed_in(person):
            return self.none()
        return self.filter(person=person)

    def followed(self):
        return self.exclude(state=State.WITHDRAWN)

    def active(self):
        return self.filter(state=State.ACTIVE)

    def completed(self):
        return self.filter(state=State.COMPLETED)

    def for_home(self):
        return self.select_related("edition", "progress", "employer")

    def for_activity(self):
        """Without the edition, which each process keeps with its étapes."""
        return self.select_related("progress")

    def for_audit(self):
        """With every trace and every row of progress, to compare them."""
        found = self.select_related("edition", "progress").defer("edition__content")
        return found.prefetch_related("traces", "activities")

    def to_remind(self, now):
        """With an étape left, silent for about a week; whether a week has passed where they live is decided after."""
        silent = now - timedelta(days=EVERY_DAYS - 1)
        found = self.active().filter(
            reminders_stopped_at=None, reminders_sent__lt=MOST, enrolled_at__lt=silent, person__is_active=True
        )
        found = found.filter(Q(reminded_at=None) | Q(reminded_at__lt=silent), person__email__isnull=False)
        online_left = F("progress__total") - F("progress__live_total") - F("progress__done") + F("progress__live_done")
        found = found.alias(online_left=online_left).filter(online_left__gt=0)
        return found.filter(Q(progress__last_at=None) | Q(progress__last_at__lt=silent))

    def for_clock(self):
        return self.select_related("person").prefetch_related("person__moments").order_by("pk")

    def for_reminder(self):
        return self.select_related("person", "progress", "edition").defer("edition__content")

    def to_tell(self, parcours_id, after):
        """Who follows a parcours now and reads our messages, from one enrolment on."""
        found = self.active().filter(parcours=parcours_id, pk__gt=after, reminders_stopped_at=None)
        found = found.filter(person__is_active=True, person__email__isnull=False)
        return found.select_related("person", "edition").defer("edition__content").order_by("pk")

    def for_dates(self):
        return self.select_related("edition").defer("edition__content").order_by("pk")

    def for_mail(self):
        return self.select_related("person", "employer", "edition")

    def for_attestation(self):
        return self.select_related("person", "employer", "edition__parcours__organisation__departement")


class AppendOnlyQuerySet(models.QuerySet):
    """Bulk writes would pass beside the guards of `save` and `delete`."""

    def update(self, **values):
        raise TypeError("A trace is never changed.")

    def delete(self):
        raise TypeError("A trace is never deleted.")


class TraceQuerySet(AppendOnlyQuerySet):
    def at_a_distance(self):
        """Without what happened in class."""
        return self.exclude(kind__in=PRESENCE)


def papers_managed_by(person):
    """What the organismes a person answers for have issued; all of it for an administrator."""
    own = person.memberships.active()
    issued = Paper.objects.issued()
    if person.is_superuser or own.filter(role=Role.ADMIN).exists():
        return issued
    return issued.filter(organisation__in=own.filter(role=Role.TRAINING_MANAGER).values("organisation"))


class SpreadQuerySet(models.QuerySet):
    def unfinished(self):
        return self.exclude(state=SpreadState.DONE)

    def waited_for(self):
        """Done, but for those who had an attempt in hand; nothing newer was published since."""
        line = self.model._meta.get_field("lines").related_model
        waiting = Exists(line.objects.filter(spread=OuterRef("pk"), waits=True))
        newest = Max("edition__parcours__editions__number")
        done = self.filter(waiting, state=SpreadState.DONE)
        return done.annotate(newest=newest).filter(edition__number=F("newest"))
