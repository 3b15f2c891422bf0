from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from parcours.assistance.models import Attachment
from parcours.assistance.permissions import can_ask

ALONE = "default-src 'none'; sandbox"


@never_cache
@require_safe
def attachment(request, public_id):
    """Always saved, never opened inside the site, for those who read the question."""
    require(can_ask(request.user))
    found = get_object_or_404(Attachment.objects.visible_to(request.user), public_id=public_id)
    headers = {
        "Content-Disposition": content_disposition_header(True, found.name),
        "Content-Security-Policy": ALONE,
        "X-Content-Type-Options": "nosniff",
    }
    with found.file.open() as stored:
        return HttpResponse(stored.read(), content_type=found.content_type, headers=headers)
