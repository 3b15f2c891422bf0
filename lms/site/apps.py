from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SiteConfig(AppConfig):
    name = "lms.site"
    label = "site"
    verbose_name = "site"

    def ready(self):
        from lms.site.menus import PublicPage, Space, register
        from lms.site.models import EditorialPage, HomePage
        from lms.site.page_forms import PageForm
        from lms.site.permissions import can_install
        from lms.site.receivers import know_the_address

        post_migrate.connect(know_the_address, sender=self)
        register(Space("Installation", "site:installation", can_install, icon="settings", order=95))
        register(PublicPage("Vérifier un document", "kernel:verify", order=20))
        HomePage.base_form_class = EditorialPage.base_form_class = PageForm
