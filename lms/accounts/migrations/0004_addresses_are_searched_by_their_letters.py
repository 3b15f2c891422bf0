from django.db import migrations

from lms.kernel.words import index_parts_of


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_names_are_searched_by_their_key")]

    operations = [index_parts_of("accounts_person", "email")]
