import modelcluster.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_parcours_is_reviewed_again")]

    operations = [
        migrations.AddField(
            model_name="seancepage",
            name="taught_modules",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                help_text="Ceux que la demi-journée fait pratiquer ; la page du parcours les nomme.",
                related_name="taught_in",
                to="catalogue.modulepage",
                verbose_name="modules travaillés",
            ),
        ),
    ]
