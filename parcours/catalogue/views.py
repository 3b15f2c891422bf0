"""The files an edition shows. The pages themselves are served by the CMS."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lms.kernel.access import public
from parcours.catalogue.models import FrozenMedium

# A file opened alone, a drawing for instance, runs nothing and loads nothing.
ALONE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


@public
@require_safe
def medium(request, sha256, name):
    """Its address holds its hash: it never changes, and browsers keep it."""
    medium = get_object_or_404(FrozenMedium, sha256=sha256, name=name)
    response = FileResponse(medium.file.open(), content_type=medium.content_type)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = ALONE
    return response
