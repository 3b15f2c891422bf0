from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("colleagues", "0001_lists_of_colleagues"),
    ]

    operations = [
        migrations.RenameField("registerexport", "created_at", "at"),
    ]
