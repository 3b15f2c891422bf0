"""The livret d’accueil and the règlement intérieur: published by version, handed to each trainee, with the proof."""

from django.db import transaction
from django.utils import timezone

from lms.kernel import papers
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.paperwork.actions.issuing import refuse_if
from parcours.paperwork.documents.kinds import OF_TEXT
from parcours.paperwork.documents.mentions import mentions_refusals
from parcours.paperwork.documents.texts import text_content
from parcours.paperwork.lifecycle import DeliveryWay
from parcours.paperwork.models import Delivery, HouseText

UNCHANGED = "Ce texte est identique à la version en vigueur : rien n’a été publié."


@transaction.atomic
def publish_text(organisation, kind, body, *, by) -> HouseText:
    """A new version, sealed by a job. Those who were handed the former one keep it. Raises TransitionRefused."""
    body = body.strip().replace("\r\n", "\n")
    refuse_if(mentions_refusals(organisation, OF_TEXT[kind]))
    newest = HouseText.objects.select_for_update(of=("self",)).filter(organisation=organisation, kind=kind).first()
    if newest and newest.body == body:
        raise TransitionRefused([UNCHANGED])
    text = HouseText.objects.create(
        organisation=organisation,
        kind=kind,
        version=newest.version + 1 if newest else 1,
        body=body,
        published_by=by,
    )
    text.paper = papers.reserve(
        OF_TEXT[kind],
        key=f"paperwork.text:{text.pk}",
        person=None,
        organisation=organisation,
        content=text_content(text),
        by=by,
        zone=organisation.time_zone,
    )
    text.save(update_fields=["paper"])
    record("paperwork.publish_text", text, by=by, after={"kind": kind, "version": text.version})
    post("paperwork.seal_paper", text.paper_id, key=f"paperwork.seal_paper:{text.paper_id}")
    return text


@transaction.atomic
def deliver_texts(registration) -> list[Delivery]:
    """Hand over the versions in force, once; told by one message when there is an address."""
    way = DeliveryWay.SPACE if registration.person.email else DeliveryWay.HAND
    handed = []
    for text in HouseText.objects.newest(registration.session.organisation).values():
        delivery, created = Delivery.objects.get_or_create(registration=registration, text=text, defaults={"way": way})
        if created:
            record("paperwork.deliver_text", delivery, after={"text": text.pk, "way": way})
            handed.append(delivery)
    if handed and way == DeliveryWay.SPACE:
        post("paperwork.tell_texts", registration.pk, key=f"paperwork.tell_texts:{registration.pk}:{handed[-1].pk}")
    return handed


def note_opened(delivery) -> None:
    """The first time only."""
    if Delivery.objects.filter(pk=delivery.pk, opened_at=None).update(opened_at=timezone.now()):
        record("paperwork.open_text", delivery, by=delivery.registration.person)


@transaction.atomic
def acknowledge(delivery, *, by) -> Delivery:
    """Raises TransitionRefused when it was acknowledged already."""
    locked = Delivery.objects.select_for_update(of=("self",), no_key=True).get(pk=delivery.pk)
    if locked.acknowledged_at:
        raise TransitionRefused(["Vous avez déjà indiqué avoir pris connaissance de ce texte."])
    locked.acknowledged_at = timezone.now()
    locked.opened_at = locked.opened_at or locked.acknowledged_at
    locked.save(update_fields=["acknowledged_at", "opened_at"])
    record("paperwork.acknowledge_text", locked, by=by)
    return locked
