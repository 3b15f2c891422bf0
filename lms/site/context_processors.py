"""What the frame of every page needs, asked only when it is drawn and without a query when it is the same for all."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property

from .menus import addresses_of, header_pages, spaces_of


class Service:
    """The service as this reader sees it: its name, its appearance, the spaces open to them."""

    def __init__(self, request):
        self.request = request
        self.person = getattr(request, "user", None)

    name = property(lambda self: settings.SITE_NAME)
    tagline = property(lambda self: settings.SITE_TAGLINE)
    demo = property(lambda self: settings.DEMO)
    sign_out_url = property(lambda self: reverse("account_logout"))
    brand = property(lambda self: brand_lines(settings.BLOC_MARQUE))

    @property
    def theme_head(self):
        return "site/head_state.html" if settings.BLOC_MARQUE else "site/head_neutral.html"

    @property
    def signed_in(self):
        return bool(self.person and self.person.is_authenticated)

    @cached_property
    def menu(self):
        entries = [{"label": one.label, "url": one.url, "icon": one.icon, "public": True} for one in header_pages()]
        entries += [{"label": "Mon espace", "url": settings.LOGIN_REDIRECT_URL, "icon": "account"}]
        if self.signed_in:
            entries += [{"label": s.label, "url": s.url, "icon": s.icon} for s in spaces_of(self.person)]
        marked = [entry | {"current": self.current(entry["url"], entry["label"])} for entry in entries]
        if not any(entry["current"] for entry in marked):
            around = [one for one in marked if one["url"].split("/")[1] == self.root]
            for one in around[:1]:
                one["current"] = "true"
        return marked

    @property
    def root(self):
        """The first word of the address: that of a space, also for the pages no menu lists."""
        return self.request.path.split("/")[1]

    def current(self, url, space):
        """The value of aria-current: the page itself, or the space around it."""
        here = self.request.path
        if here == url:
            return "page"
        return "true" if any(here.startswith(address) for address in (url, *addresses_of(space))) else ""


def brand_lines(brand):
    """Lines of the bloc-marque: cut at `|`, or after its first word when it has two."""
    if "|" in brand:
        return brand.split("|")
    return brand.split(" ") if brand.count(" ") == 1 else [brand] * bool(brand)


def site(request):
    return {"service": Service(request)}
