"""Headers every answer carries, whatever the page."""

CLOSED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in CLOSED)
CMS_PREFIX = "/cms/"
CMS_POLICY = {  # Wagtail's editor writes inline scripts and styles, and frames its preview
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
}


def security_headers(get_response):
    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if request.path.startswith(CMS_PREFIX):
            response._csp_replace = CMS_POLICY
        return response

    return middleware
