from pathlib import Path

from django.conf import settings
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

from lms.kernel.access import public

# A drawing opened by itself runs nothing, as nginx answers too.
DRAWING = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@public
@require_safe
@cache_control(max_age=30 * 86400)
def image(request, name):
    """The images of the pages, where no web server gives them; documents go through a view that asks who reads."""
    response = serve(request, name, document_root=Path(settings.MEDIA_ROOT) / "images")
    response.headers["Content-Security-Policy"] = DRAWING
    return response
