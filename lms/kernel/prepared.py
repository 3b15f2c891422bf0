"""Files made by a job for somebody who comes back for them: ordered, kept, forgotten."""

from lms.kernel.jobs import post


def order(prepared) -> None:
    """Save it, and have it written before what nobody waits for."""
    prepared.save()
    post(prepared.TASK, prepared.pk, key=f"{prepared.TASK}:{prepared.pk}", awaited=True)


def keep(prepared, content: bytes, **values) -> None:
    """What the job has made, and what is noted with it."""
    type(prepared).objects.filter(pk=prepared.pk).update(content=content, **values)


def forget(model) -> None:
    model.objects.outlived().delete()
