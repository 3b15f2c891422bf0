from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "lms.site"
    label = "site"
    verbose_name = "site"

    def ready(self):
        from lms.site.menus import PublicPage, Space, register
        from lms.site.permissions import can_install

        register(Space("Installation", "site:installation", can_install, icon="settings", order=95))
        register(PublicPage("Vérifier un document", "kernel:verify", order=20))
