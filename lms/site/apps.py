from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "lms.site"
    label = "site"
    verbose_name = "site"

    def ready(self):
        from lms.site.menus import PublicPage, register

        register(PublicPage("Vérifier un document", "kernel:verify", order=20))
