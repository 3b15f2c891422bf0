"""What every list of quality does the same way: pages of a size, exports as files."""

import io

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone

from lms.kernel.tables import CONTENT_TYPES, CSV

PAGE_SIZES = (25, 50, 100)


def page_of(request, found):
    asked = request.GET.get("par_page", "")
    size = int(asked) if asked in map(str, PAGE_SIZES) else PAGE_SIZES[0]
    return Paginator(found, size).get_page(request.GET.get("page"))


def table_file(request, name, write) -> HttpResponse:
    """`write(out, form)` fills the file, in the format asked for."""
    asked = request.POST.get("format")
    form = asked if asked in CONTENT_TYPES else CSV
    out = io.BytesIO()
    write(out, form)
    shown = f"{name}-{timezone.localdate():%Y-%m-%d}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{shown}"', "Cache-Control": "no-store"}
    return HttpResponse(out.getvalue(), content_type=CONTENT_TYPES[form], headers=headers)
