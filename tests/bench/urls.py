from django.http import HttpResponse
from django.urls import path

from lms.config.urls import *  # noqa: F403
from lms.config.urls import urlpatterns as product


def bare(request):
    """What signing in costs by itself: the session and the person, nothing else."""
    return HttpResponse(f"{request.user.pk}")


urlpatterns = [path("bench/bare/", bare), *product]
