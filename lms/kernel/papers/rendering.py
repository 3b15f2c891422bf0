"""From a reserved paper to what will be kept of it: the signed file and the web page, made from the same content."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

import segno
from django.template.loader import render_to_string

from lms.kernel.models.paper import Paper

from . import pdf, signing
from .glyphs import is_complete
from .kinds import kind_of


@dataclass(frozen=True)
class Rendition:
    pdf: bytes
    twin_html: str
    certificate: str

    @cached_property
    def sha256(self):
        return hashlib.sha256(self.pdf).hexdigest()


class AlreadySealed(Exception):
    """A sealed paper is stored as issued: it is never rendered again."""


def render(paper: Paper) -> Rendition:
    """Takes a tenth of a second: outside any transaction. Raises AlreadySealed, RenderFailed, KeyMissing."""
    if paper.is_sealed:
        raise AlreadySealed(paper.number)
    kind = kind_of(paper)
    context = {"paper": paper, "content": paper.content, "kind": kind, "address": paper.verification_url}
    on_paper = {
        "qr": qr_code(paper.verification_url),
        "pages": pdf.PAGES,
        "unprintable": not all(map(is_complete, texts_of(paper.content))),
    }
    html = render_to_string(kind.pdf_template, context | on_paper)
    signed, certificate = signing.sign(pdf.to_pdf(html, paper.issued_at))
    return Rendition(signed, render_to_string(kind.twin_template, context), certificate)


def qr_code(address: str) -> str:
    """A PNG written in the document itself: nothing to fetch."""
    return segno.make(address, error="m", micro=False).png_data_uri(scale=8, border=0)


def texts_of(content) -> list[str]:
    """Every text of a frozen content, at any depth."""
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list):
        return [text for part in content for text in texts_of(part)]
    return [content] if isinstance(content, str) else []
