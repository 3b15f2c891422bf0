from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_competences"),
    ]

    operations = [
        migrations.AddField(
            model_name="parcourspage",
            name="review_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="à relire le"),
        ),
        migrations.AddField(
            model_name="parcourspage",
            name="reviewed_on",
            field=models.DateField(blank=True, null=True, verbose_name="relu le"),
        ),
    ]
