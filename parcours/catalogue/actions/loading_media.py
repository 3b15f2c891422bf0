"""The images and documents of the catalogue: known by their file name, replaced when the file changes."""

import hashlib
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import PurePath

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from parcours.catalogue.models import LoadedMedium

SVG_TITLE = re.compile(rb"<title[^>]*>([^<]{1,255})</title>")
COLLECTION = "Catalogue national"


@dataclass
class MediaPlan:
    kinds: dict[str, str]
    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    """Replaced in the CMS since they were loaded: left as they are."""

    @property
    def changed(self) -> list[str]:
        return self.created + self.updated


def plan_media(kinds: Mapping[str, str], files: Mapping[str, bytes]) -> MediaPlan:
    plan = MediaPlan(dict(kinds))
    loaded = {medium.source: medium for medium in LoadedMedium.objects.select_related("image", "document")}
    for name in sorted(kinds):
        medium = loaded.get(f"media/{name}")
        if medium is None:
            plan.created.append(name)
        elif medium.file_hash == sha1(files[f"media/{name}"]):
            continue
        elif medium.target.file_hash not in ("", medium.file_hash):
            plan.edited.append(name)
        else:
            plan.updated.append(name)
    return plan


def sha1(raw: bytes) -> str:
    """The hash the CMS itself keeps of a file."""
    return hashlib.sha1(raw, usedforsecurity=False).hexdigest()


def load_media(plan: MediaPlan, files: Mapping[str, bytes]) -> None:
    for name in plan.created:
        create(name, plan.kinds[name], files[f"media/{name}"])
    for name in plan.updated:
        replace(LoadedMedium.objects.get(source=f"media/{name}"), files[f"media/{name}"])


def collection() -> Collection:
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)


def create(name: str, kind: str, raw: bytes) -> None:
    model = get_image_model() if kind == "image" else get_document_model()
    target = model(title=title_of(name, raw), collection=collection(), file=ContentFile(raw, name=name))
    stamp(target, raw)
    target.save()
    LoadedMedium.objects.create(source=f"media/{name}", file_hash=sha1(raw), **{kind: target})


def title_of(name: str, raw: bytes) -> str:
    """What a drawing calls itself; else its name."""
    named = SVG_TITLE.search(raw) if name.endswith(".svg") else None
    return unescape(named[1].decode()) if named else PurePath(name).stem.replace("-", " ").capitalize()


def replace(medium: LoadedMedium, raw: bytes) -> None:
    """The editions keep their own bytes, so the old file may go."""
    target, name = medium.target, medium.source.removeprefix("media/")
    target.file.delete(save=False)
    target.file = ContentFile(raw, name=name)
    stamp(target, raw)
    target.save()
    if medium.image:
        medium.image.renditions.all().delete()
    medium.file_hash = sha1(raw)
    medium.save()


def stamp(target, raw: bytes) -> None:
    target.file_size, target.file_hash = len(raw), sha1(raw)
    if hasattr(target, "content_type") and not isinstance(type(target).content_type, property):
        target.content_type = mimetypes.guess_type(target.file.name)[0] or ""
