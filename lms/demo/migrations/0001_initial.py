
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SentMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.TextField(verbose_name='destinataires')),
                ('sender', models.CharField(max_length=254, verbose_name='expéditeur')),
                ('subject', models.TextField(verbose_name='objet')),
                ('body', models.TextField(verbose_name='texte')),
                ('message_id', models.CharField(blank=True, max_length=254, verbose_name='Message-ID')),
                ('sent_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='envoyé le')),
            ],
            options={
                'verbose_name': 'message envoyé',
                'verbose_name_plural': 'messages envoyés',
                'ordering': ['-sent_at', '-pk'],
            },
        ),
    ]
