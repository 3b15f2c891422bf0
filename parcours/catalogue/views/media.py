"""The files an edition shows. The pages themselves are served by the CMS."""

import re

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lms.kernel.access import public
from parcours.catalogue.models import FrozenMedium

# A file opened alone, a drawing for instance, runs nothing and loads nothing.
ALONE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox"
FOR_EVER = "public, max-age=31536000, immutable"
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
CHUNK = 65536


@public
@require_safe
def medium(request, sha256, name):
    """Its address holds its hash: it never changes, and browsers keep it. Players ask for films piece by piece."""
    medium = get_object_or_404(FrozenMedium, sha256=sha256, name=name)
    if match := RANGE.fullmatch(request.headers.get("Range", "")):
        response = piece(medium, match)
    else:
        response = FileResponse(medium.file.open(), content_type=medium.content_type)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = FOR_EVER
    response["Content-Security-Policy"] = ALONE
    return response


def piece(medium, asked) -> HttpResponse:
    first, last = bounds(asked[1], asked[2], medium.size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{medium.size}"})
    headers = {"Content-Range": f"bytes {first}-{last}/{medium.size}", "Content-Length": str(last - first + 1)}
    return StreamingHttpResponse(
        chunks(medium.file, first, last), status=206, content_type=medium.content_type, headers=headers
    )


def bounds(start: str, end: str, size: int) -> tuple[int, int]:
    """First and last byte asked for; `-500` asks for the last five hundred."""
    if not start:
        return (max(size - int(end), 0), size - 1) if end else (1, 0)
    return int(start), min(int(end), size - 1) if end else size - 1


def chunks(file, first: int, last: int):
    with file.open() as opened:
        opened.seek(first)
        left = last - first + 1
        while left > 0 and (read := opened.read(min(CHUNK, left))):
            left -= len(read)
            yield read
