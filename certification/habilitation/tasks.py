from certification.habilitation.actions.imports import receiving, recording
from certification.habilitation.models import ImportedFile
from lms.kernel.jobs import post, task


@task("habilitation.read_file")
def read_file(file_pk):
    found = ImportedFile.objects.get(pk=file_pk)
    if found.state == ImportedFile.State.READING:
        receiving.read(found)


@task("habilitation.record_file", atomic=True)
def record_file(file_pk, batch):
    """Some lines, then a job for the following ones: nobody else's job waits behind a long file."""
    found = ImportedFile.objects.get(pk=file_pk)
    if found.state == ImportedFile.State.RUNNING and recording.record_some(found):
        post("habilitation.record_file", file_pk, batch + 1, key=f"habilitation.record_file:{file_pk}:{batch + 1}")
