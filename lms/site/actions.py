"""What is written about the site itself: who answers for it, and what was tried at installation."""

import secrets

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from lms.kernel import journal
from lms.kernel.jobs import post
from lms.kernel.mail import post_mail

from .models import SiteIdentity

TEST_MAIL = "site.test_mail"
PLACES = {"default": "médias", "papers": "documents officiels"}


@transaction.atomic
def describe(*, by, **facts) -> SiteIdentity:
    """Say who publishes, hosts or answers; only what changes is journalled."""
    identity = locked()
    before = {name: getattr(identity, name) for name in facts}
    if before == facts:
        return identity
    changed(identity, facts)
    journal.record(
        "site.describe", identity, by=by, after={"fields": sorted(facts)}, personal={"before": before, "after": facts}
    )
    return identity


@transaction.atomic
def confirm_sender(*, by) -> SiteIdentity:
    return noted("site.confirm_sender", by=by, sender_confirmed=settings.DEFAULT_FROM_EMAIL)


@transaction.atomic
def send_test_mail(*, by):
    return post_mail(
        to=by.email,
        subject=f"Message d’essai de {settings.SITE_NAME}",
        body="Le site sait écrire.\n\nRevenez sur la page d’installation et dites que ce message est arrivé.",
        reason="Vous recevez ce message parce que vous l’avez demandé en installant le site.",
        key=f"{TEST_MAIL}:{by.pk}:{secrets.token_hex(8)}",
    )


@transaction.atomic
def confirm_test_mail(*, by) -> SiteIdentity:
    return noted("site.confirm_test_mail", by=by, mail_received_at=timezone.now())


def try_files(*, by) -> dict[str, str]:
    """Write, read back and delete a file in each place; the fault of each, or nothing."""
    faults = {label: fault_of(storages[alias]) for alias, label in PLACES.items()}
    with transaction.atomic():
        if not any(faults.values()):
            noted("site.try_files", by=by, files_tested_at=timezone.now())
    return faults


@transaction.atomic
def try_queue(*, by):
    noted("site.try_queue", by=by, queue_tested_at=None)
    return post("site.mark_queue_tested")


@transaction.atomic
def mark_queue_tested() -> SiteIdentity:
    return noted("site.mark_queue_tested", queue_tested_at=timezone.now())


def noted(verb, *, by=None, **facts):
    identity = changed(locked(), facts)
    journal.record(verb, identity, by=by)
    return identity


def changed(identity, facts):
    for name, value in facts.items():
        setattr(identity, name, value)
    identity.save()
    return identity


def locked():
    SiteIdentity.objects.get_or_create(pk=1)
    return SiteIdentity.objects.select_for_update().get(pk=1)


def fault_of(storage) -> str:
    content = secrets.token_bytes(64)
    name = ""
    try:
        name = storage.save(f"essai-{secrets.token_hex(8)}.bin", ContentFile(content))
        with storage.open(name) as written:
            return "" if written.read() == content else "le fichier relu n’est pas celui qui a été écrit"
    except Exception as error:  # whatever the storage raises is what the administrator must read
        return f"{type(error).__name__} : {error}"
    finally:
        if name:
            storage.delete(name)
