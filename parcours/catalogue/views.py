"""The files an edition shows. The pages themselves are served by the CMS."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404

from parcours.catalogue.models import FrozenMedium


def medium(request, sha256, name):
    medium = get_object_or_404(FrozenMedium, sha256=sha256, name=name)
    response = FileResponse(medium.file.open(), content_type=medium.content_type)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
