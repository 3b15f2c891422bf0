from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel import health
from lms.kernel.access import public


@public
@never_cache
@require_safe
def live(request):
    return JsonResponse({"live": True})


@public
@never_cache
@require_safe
def ready(request):
    checks = health.checks()
    is_ready = all(check["ok"] for check in checks.values())
    return JsonResponse({"ready": is_ready, "checks": checks}, status=200 if is_ready else 503)
