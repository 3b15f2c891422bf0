from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from lms.kernel.access import is_signed_in
from lms.organisations.lifecycle import Role
from lms.organisations.permissions import active_memberships
from parcours.assistance.lifecycle import State

TRAINING_ROLES = (Role.TRAINER, Role.TRAINING_MANAGER)


class ThreadQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own questions, and those put to an organisme where one trains: nobody else reads them."""
        if not is_signed_in(person):
            return self.none()
        return self.filter(Q(person=person) | Q(organisation__in=_trained_in(person)))

    def asked_by(self, person):
        return self.filter(person=person)

    def put_to(self, person):
        """What a trainer may answer: never one's own question."""
        return self.filter(organisation__in=_trained_in(person)).exclude(person=person)

    def waiting(self):
        return self.filter(state=State.WAITING)

    def open(self):
        return self.exclude(state=State.CLOSED)

    def late(self, now):
        return self.waiting().filter(due_at__lt=now)

    def matching(self, text):
        """Every word of a search, in the title of the étape or in what was written."""
        messages = self.model._meta.get_field("messages").related_model.objects.filter(thread=OuterRef("pk"))
        found = self
        for word in text.split()[:6]:
            found = found.filter(Q(activity_title__icontains=word) | Exists(messages.filter(text__icontains=word)))
        return found

    def parcours_choices(self):
        """Pairs for a filter: the parcours these questions are about."""
        return list(self.order_by("parcours__title").values_list("parcours", "parcours__title").distinct())

    def etape_choices(self):
        found = self.exclude(activity_id="").order_by("activity_title")
        return list(found.values_list("activity_id", "activity_title").distinct())

    def oldest_first(self):
        """Those that wait, oldest first; then the others, latest first."""
        waits = When(state=State.WAITING, then=F("waiting_since"))
        rank = Case(When(state=State.WAITING, then=Value(0)), default=Value(1))
        return self.order_by(rank, Case(waits), F("answered_at").desc(nulls_last=True), "-pk")

    def latest_first(self):
        return self.order_by("-asked_at", "-pk")

    def for_list(self):
        return self.select_related("edition", "person", "organisation", "assigned_to").defer("edition__content")

    def for_thread(self):
        found = self.for_list().select_related("organisation__departement")
        return found.prefetch_related("messages__author", "messages__attachments")

    def for_mail(self):
        return self.select_related("edition", "person", "organisation", "assigned_to").defer("edition__content")


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those of the threads one reads, and those one has just sent beside a question that is not sent yet."""
        if not is_signed_in(person):
            return self.none()
        read = Q(message__thread__person=person) | Q(message__thread__organisation__in=_trained_in(person))
        return self.filter(read | Q(message=None, person=person))

    def kept_for(self, person, client_id):
        """Sent with a text that was not accepted yet."""
        return self.filter(message=None, person=person, client_id=client_id)

    def forgotten(self, before):
        return self.filter(message=None, created_at__lt=before)


class SharedAnswerQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(withdrawn_at=None)

    def visible_to(self, person):
        """For the trainers who may withdraw them; learners read them on their étape."""
        return self.filter(thread__organisation__in=_trained_in(person))


def _trained_in(person):
    return {one.organisation_id for one in active_memberships(person) if one.role in TRAINING_ROLES}
