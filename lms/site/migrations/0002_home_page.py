"""The tree of pages starts with our home page instead of Wagtail's welcome page."""

from django.db import migrations

HOME_PATH = "00010001"


def plant(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    ContentType = apps.get_model("contenttypes", "ContentType")
    HomePage = apps.get_model("site", "HomePage")
    Page.objects.filter(path=HOME_PATH, slug="home", depth=2).delete()
    home = HomePage.objects.create(
        title="Accueil",
        draft_title="Accueil",
        slug="accueil",
        content_type=ContentType.objects.get_or_create(app_label="site", model="homepage")[0],
        path=HOME_PATH,
        depth=2,
        numchild=0,
        url_path="/accueil/",
        locale=Locale.objects.first(),
        live=True,
    )
    Site.objects.create(hostname="localhost", port=80, root_page_id=home.pk, is_default_site=True)


def uproot(apps, schema_editor):
    apps.get_model("site", "HomePage").objects.filter(path=HOME_PATH).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(plant, uproot)]
