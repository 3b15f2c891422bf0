from django.db import migrations

STOCK = ("Editors", "Moderators")


def remove_stock_groups(apps, schema_editor):
    """Wagtail gives them the root of the pages and of the media."""
    apps.get_model("auth", "Group").objects.filter(name__in=STOCK).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0008_the_blocks_of_this_release"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0094_alter_page_locale"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(remove_stock_groups, migrations.RunPython.noop)]
