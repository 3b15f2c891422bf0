"""Files and links as an edition keeps them: bytes under their hash, links that stay inside the course."""

import hashlib
import mimetypes
import re
from html import escape
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.text import slugify
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from parcours.catalogue.engine.cleaning import clean_rich_text
from parcours.catalogue.engine.shown import ShownFile, ShownImage, in_widths, widths_of
from parcours.catalogue.models import FrozenMedium

LINK = re.compile(r'<a [^>]*linktype="(page|document)"[^>]*>(.*?)</a>', re.DOTALL)
LINK_ID = re.compile(r'\bid="(\d+)"')


class Frozen:
    """Resolves what the blocks of one edition show, and remembers what it used."""

    def __init__(self, first_slugs: dict[int, str]):
        self.first_slugs = first_slugs
        self.images: dict[int, ShownImage] = {}
        self.documents: dict[int, ShownFile] = {}
        self.media: dict[str, FrozenMedium] = {}

    def rich_text(self, source: str) -> str:
        return expand_db_html(LINK.sub(self.link, clean_rich_text(source)))

    def link(self, match) -> str:
        found = LINK_ID.search(match[0])
        pk, label = int(found[1]) if found else 0, match[2]
        href = self.page_href(pk) if match[1] == "page" else self.document_href(pk)
        return f'<a href="{escape(href)}">{label}</a>' if href else label

    def page_href(self, pk: int) -> str:
        """A module of the edition is reached beside the étape; a module of another course is not reached at all."""
        if pk in self.first_slugs:
            return f"../{self.first_slugs[pk]}/"
        page = Page.objects.live().filter(pk=pk).first()
        return page.specific.url or "" if page else ""

    def document_href(self, pk: int) -> str:
        document = get_document_model().objects.filter(pk=pk).first()
        return self.file(document).url if document else ""

    def image(self, image) -> ShownImage:
        if image.pk not in self.images:
            filters = [] if image.is_svg() else [f"width-{width}" for width in widths_of(image.width)]
            sources = [image.get_rendition(one) for one in filters] or [image]
            self.images[image.pk] = in_widths([self.shown(image, source) for source in sources])
        return self.images[image.pk]

    def shown(self, image, source) -> ShownImage:
        """`source`: the image itself, or one of its renditions, which may be of another format."""
        medium = self.keep(source.file, f"{PurePath(image.filename).stem}{PurePath(source.file.name).suffix}")
        return ShownImage(medium.get_absolute_url(), int(source.width), int(source.height))

    def file(self, document) -> ShownFile:
        if document.pk not in self.documents:
            medium = self.keep(document.file, document.filename)
            self.documents[document.pk] = ShownFile(medium.get_absolute_url(), medium.content_type, medium.size)
        return self.documents[document.pk]

    def keep(self, file, name: str) -> FrozenMedium:
        with file.open("rb") as opened:
            raw = opened.read()
        medium = kept(raw, name)
        self.media[medium.sha256] = medium
        return medium


def kept(raw: bytes, name: str) -> FrozenMedium:
    sha256 = hashlib.sha256(raw).hexdigest()
    if medium := FrozenMedium.objects.filter(sha256=sha256).first():
        return medium
    extension = PurePath(name).suffix.lower()
    path = f"editions/{sha256}{extension}"
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(raw))
    return FrozenMedium.objects.create(
        sha256=sha256,
        name=f"{slugify(PurePath(name).stem) or 'fichier'}{extension}",
        content_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=len(raw),
        file=path,
    )
