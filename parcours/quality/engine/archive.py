"""A zip written piece by piece: each file is hashed as it goes out, in an order and under dates that never change."""

import hashlib
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first instant a zip can tell
LONGEST_PART = 60


def file_part(text: str) -> str:
    """A part of a path that every system accepts: ASCII letters, digits, hyphens; never a folder, never empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_PART].strip("-") or "piece"


def path_of(folder: str, rank: int, title: str, extension: str) -> str:
    return f"{file_part(folder)}/{rank:03d}-{file_part(title)}.{file_part(extension)}"


@dataclass
class Archive:
    """`out` is a binary file; nothing is held but the list of what was written."""

    out: object
    written: list[dict] = field(default_factory=list)

    def __post_init__(self):
        self.zip = zipfile.ZipFile(self.out, "w", zipfile.ZIP_DEFLATED)

    def add(self, path: str, chunks: Iterable[bytes], **told) -> dict:
        """Write one file; raises ValueError for a path that leaves the folder or was written already."""
        if path != safe(path) or path in {one["path"] for one in self.written}:
            raise ValueError(f"Not a path of the archive: {path}")
        digest, size = hashlib.sha256(), 0
        with self.zip.open(_info(path), "w") as entry:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                entry.write(chunk)
        line = {"path": path, "sha256": digest.hexdigest(), "size": size} | told
        self.written.append(line)
        return line

    def close(self, about: dict) -> str:
        """Write the manifest and the sums, and end the archive; gives the hash of the manifest."""
        files = sorted(self.written, key=lambda one: one["path"])
        manifest = json.dumps(about | {"files": files}, ensure_ascii=False, indent=1, sort_keys=True).encode()
        line = self.add(MANIFEST, [manifest])
        sums = "".join(f"{one['sha256']}  {one['path']}\n" for one in [*files, line])
        self.zip.writestr(_info(SUMS), sums.encode())
        self.zip.close()
        return line["sha256"]


def safe(path: str) -> str:
    """The path without what would lead out of the folder."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts)


def _info(path):
    info = zipfile.ZipInfo(path, EARLIEST)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
