"""What every list of quality gives the same way: a file."""

import io

from django.http import HttpResponse
from django.utils import timezone

from lms.kernel.files import download
from lms.kernel.tables import CONTENT_TYPES, CSV


def table_file(request, name, write) -> HttpResponse:
    """`write(out, form)` fills the file, in the format asked for."""
    asked = request.POST.get("format")
    form = asked if asked in CONTENT_TYPES else CSV
    out = io.BytesIO()
    write(out, form)
    return download(out.getvalue(), f"{name}-{timezone.localdate():%Y-%m-%d}.{form}", CONTENT_TYPES[form])
