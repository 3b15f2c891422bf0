from django.core.files.storage import storages
from django.db import transaction

from lms.kernel import journal
from lms.kernel.models.paper import Paper


@transaction.atomic
def forget(paper: Paper) -> None:
    """Erase a paper whose time is over, with its bytes; the journal keeps its number and its hash.

    The database refuses it while anything still names the paper.
    """
    told = {"kind": paper.kind, "number": paper.number, "sha256": paper.sha256}
    journal.record("kernel.forget_paper", paper, before=told)
    if paper.is_sealed:
        transaction.on_commit(lambda name=paper.file_name: storages["papers"].delete(name))
    Paper.objects.filter(pk=paper.pk).outlived()
