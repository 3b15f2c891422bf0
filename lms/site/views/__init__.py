from .errors import bad_request, csrf_failure, page_not_found, permission_denied, server_error
from .gallery import gallery
from .installation import installation, installation_step
from .machines import favicon, robots, security, sitemap
from .media import image

__all__ = [
    "bad_request",
    "csrf_failure",
    "favicon",
    "gallery",
    "image",
    "installation",
    "installation_step",
    "page_not_found",
    "permission_denied",
    "robots",
    "security",
    "server_error",
    "sitemap",
]
