from django.http import FileResponse
from django.shortcuts import get_object_or_404
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
    response = FileResponse(found.file.open(), as_attachment=True, filename=found.name, content_type=found.content_type)
    response["Content-Security-Policy"] = ALONE
    response["X-Content-Type-Options"] = "nosniff"
    return response
