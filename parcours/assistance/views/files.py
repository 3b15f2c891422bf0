from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.kernel.files import download
from parcours.assistance.models import Attachment
from parcours.assistance.permissions import can_ask


@never_cache
@require_safe
def attachment(request, public_id):
    """Always saved, never opened inside the site, for those who read the question."""
    require(can_ask(request.user))
    found = get_object_or_404(Attachment.objects.visible_to(request.user), public_id=public_id)
    with found.file.open() as stored:
        return download(stored.read(), found.name, found.content_type)
