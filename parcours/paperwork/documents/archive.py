"""Several sealed papers in one file, as they were issued."""

import tempfile
import zipfile
from collections.abc import Iterable

from lms.kernel.models import AlteredFile
from lms.kernel.papers import kind_of

READ_ME = "LISEZ-MOI.txt"
INTRO = "Chaque PDF est tel qu’il a été délivré. Pour le vérifier : ouvrez l’adresse imprimée au bas du document."


def zip_of(papers: Iterable):
    """The archive as an open file, which goes with the answer; it says which papers are not as they were sealed."""
    out = tempfile.TemporaryFile()  # noqa: SIM115  (the answer closes it)
    altered, listed = [], []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for paper in papers:
            try:
                archive.writestr(f"{paper.kind}/{paper.download_name}", paper.read())
            except AlteredFile:
                altered.append(paper.number)
            else:
                listed.append(f"{paper.number}  {kind_of(paper).label}  sha256 {paper.sha256}")
        missing = [f"Absent, son fichier n’est plus celui qui a été scellé : {number}" for number in altered]
        archive.writestr(READ_ME, "\r\n".join([INTRO, "", *listed, *missing]))
    out.seek(0)
    return out
