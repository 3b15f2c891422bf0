"""After each migration the CMS knows the address under which the site is served."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections
from wagtail.models import Site


def know_the_address(using, **kwargs):
    if Site._meta.db_table not in connections[using].introspection.table_names():
        return  # only some rooms were migrated
    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    Site.objects.using(using).filter(is_default_site=True).update(
        hostname=address.hostname, port=port, site_name=settings.SITE_NAME
    )
    Site.clear_site_root_paths_cache()
