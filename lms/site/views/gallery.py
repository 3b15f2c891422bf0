from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.kernel.access import public

from ..gallery import samples


@public
@require_safe
def gallery(request):
    """Every component with its states; open to all in demonstration, to staff elsewhere."""
    if not settings.DEMO and not request.user.is_staff:
        raise Http404
    return render(request, "site/gallery.html", samples(request.GET))
