"""A general export of Aidants Connect, read and recorded in a process of its own, as a worker does."""

import json
import os
import resource
import subprocess
import sys

import django

LINES, FEW = 20_000, 2_000
SECONDS, GROWTH = 60, 32
"""Budgets: processor time for the whole file, megabytes that ten times as many lines may take."""


def measure(report):
    """The long file, the same again, then a short one: what its memory is worth beside the long one’s."""
    first, again, few = imported(0, LINES), imported(0, LINES), imported(LINES * 2, FEW)
    name = "import de 20 000 lignes"
    report.add(name, "s", first["seconds"], SECONDS)
    report.add(name, "mémoire, Mo", first["megabytes"])
    report.add(name, "Mo de plus que 2 000 lignes", first["megabytes"] - few["megabytes"], GROWTH)
    report.add(f"{name}, de nouveau", "s", again["seconds"], SECONDS)


def imported(start, count) -> dict:
    command = [sys.executable, "-m", "tests.bench.imports", str(start), str(count)]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main(start, count) -> dict:
    """Runs what the jobs of a file run, one batch after the other."""
    from certification.habilitation.actions.imports import receiving, recording
    from certification.habilitation.models import ImportedFile
    from tests.bench.measures import own_seconds

    found = deposited(start, count)
    before = own_seconds()
    receiving.read(found)
    recording.confirm(found, by=found.received_by)
    while recording.record_some(found):
        pass
    seconds = own_seconds() - before
    found = ImportedFile.objects.get(pk=found.pk)
    if found.state != ImportedFile.State.DONE or sum(found.counts.values()) != found.lines_count:
        raise RuntimeError(f"{found.get_state_display()}: {found.counts}")
    return {"seconds": seconds, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def deposited(start, count):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from certification.habilitation.actions.imports import receiving
    from lms.organisations.models import Kind, Organisation
    from tests.certification.habilitation.stock import general_in_disorder

    anct = Organisation.objects.filter(kind=Kind.ANCT, memberships__isnull=False).order_by("pk").first()
    by = anct.memberships.order_by("pk").first().person
    content = SimpleUploadedFile("aidants.csv", general_in_disorder(count, start=start))
    return receiving.receive(content, kind="A11", dated_on=timezone.localdate(), organisation=anct, by=by)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    django.setup()
    sys.stdout.write(json.dumps(main(*map(int, sys.argv[1:]))) + "\n")
