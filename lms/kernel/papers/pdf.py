"""HTML to PDF by xhtml2pdf, as strictly as it allows: nothing fetched, nothing missing, nothing without end."""

import io
import logging
import os
import re
import threading
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from . import fonts
from .sandbox import ChildFailed, Limits, run_apart

BASE = Path(__file__).parent / "assets"
MAX_RENDER_SECONDS = 10
PAGES = "\ue000"  # in a template, the number of pages: a private character, which no text keeps once printable
PAGE_OBJECT = re.compile(rb"/Type\s*/Page\b")
WARM_ROUNDS = 3  # the interpreter, too, is quicker from the second time on: half as long in the children

_warming = threading.Lock()
_warm = False


class RenderFailed(Exception):
    """`why`: "time", "memory", "died" or "refused". `said` may quote the document: it is never logged."""

    def __init__(self, why, said=""):
        super().__init__(why, said)
        self.why = why
        self.said = said


def to_pdf(html: str, issued_at: datetime | None = None, *, limits: Limits | None = None) -> bytes:
    """The unsigned PDF. Raises RenderFailed: a warning of the engine is a failure."""
    warm()
    try:
        return run_apart(lambda: _convert_dated(html, issued_at), limits)
    except ChildFailed as failed:
        raise RenderFailed(failed.why, failed.said) from None


def warm() -> None:
    """Load the engine and the fonts once, and lay out a sample: seconds of work that every child then inherits."""
    global _warm
    with _warming:
        if not _warm:
            from reportlab import rl_config

            rl_config.invariant, rl_config.useA85 = 1, 0
            fonts.load()
            sample = (BASE / "sample.html").read_text(encoding="utf-8")
            for _ in range(WARM_ROUNDS):
                _convert(sample)
            _warm = True


def _convert_dated(html, issued_at):
    """In the child only: the engine reads from its environment the date it writes in the file."""
    if issued_at:
        os.environ["SOURCE_DATE_EPOCH"] = str(int(issued_at.timestamp()))
    return _convert(html)


def _convert(html):
    """Pages are counted rather than asked for: the engine would lay everything out twice, mostly to find one."""
    pdf = _lay_out(html.replace(PAGES, "1"))
    pages = len(PAGE_OBJECT.findall(pdf))
    return pdf if pages == 1 or PAGES not in html else _lay_out(html.replace(PAGES, str(pages)))


def _lay_out(html):
    from xhtml2pdf import pisa
    from xhtml2pdf.config.resources import ResourceAccessPolicy

    policy = ResourceAccessPolicy.server(BASE, allow_remote=False, max_render_seconds=MAX_RENDER_SECONDS)
    out = io.BytesIO()
    with _complaints() as said:
        status = pisa.CreatePDF(html, out, path=str(BASE / "paper.html"), encoding="utf-8", resource_policy=policy)
    if status.err or status.warn or said:
        raise RenderFailed("refused", said[0] if said else "the engine warned")
    return out.getvalue()


@contextmanager
def _complaints():
    """What the engine complains of, kept out of the logs: it quotes the document."""
    logger, said = logging.getLogger("xhtml2pdf"), []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated
