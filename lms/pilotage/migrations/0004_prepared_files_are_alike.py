from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("pilotage", "0003_exports_keep_what_was_read"),
    ]

    operations = [
        migrations.RenameField("listexport", "created_at", "at"),
    ]
