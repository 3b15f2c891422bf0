import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0002_programmes_seances_and_facets'),
        ('organisations', '0002_assistance_in_working_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EnrolmentList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifiant public')),
                ('state', models.CharField(choices=[('draft', 'brouillon'), ('confirmed', 'en attente'), ('running', 'en cours'), ('done', 'terminé'), ('expired', 'expiré')], default='draft', max_length=10, verbose_name='état')),
                ('source', models.CharField(max_length=200, verbose_name='origine')),
                ('reading', models.JSONField(default=list, verbose_name='façon dont elle a été lue')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='commencée le')),
                ('touched_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='modifiée le')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmée le')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='terminée le')),
                ('outcomes', models.JSONField(blank=True, default=dict, verbose_name='bilan')),
                ('forgotten_at', models.DateTimeField(blank=True, null=True, verbose_name='lignes effacées le')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmée par')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='commencée par')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolment_lists', to='organisations.organisation', verbose_name='structure')),
                ('parcours', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolment_lists', to='catalogue.parcourspage', verbose_name='parcours')),
            ],
            options={
                'verbose_name': 'liste d’inscription',
                'verbose_name_plural': 'listes d’inscription',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifiant public')),
                ('state', models.CharField(choices=[('sent', 'en attente'), ('accepted', 'acceptée'), ('declined', 'refusée'), ('expired', 'expirée')], default='sent', max_length=10, verbose_name='état')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='envoyée le')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='réponse le')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='envoyée par')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='structure')),
                ('parcours', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.parcourspage', verbose_name='parcours')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL, verbose_name='personne')),
            ],
            options={
                'verbose_name': 'invitation d’une structure',
                'verbose_name_plural': 'invitations des structures',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ListLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='rang')),
                ('line', models.PositiveIntegerField(verbose_name='ligne du fichier')),
                ('first_name', models.CharField(blank=True, max_length=1000, verbose_name='prénom')),
                ('last_name', models.CharField(blank=True, max_length=1000, verbose_name='nom')),
                ('email', models.CharField(blank=True, max_length=1000, verbose_name='adresse électronique')),
                ('extra', models.CharField(blank=True, max_length=1000, verbose_name='cases en trop')),
                ('status', models.CharField(choices=[('ready', 'à inscrire'), ('already', 'déjà inscrit'), ('faulty', 'à corriger'), ('excluded', 'écartée')], default='ready', max_length=10, verbose_name='état')),
                ('faults', models.JSONField(blank=True, default=list, verbose_name='remarques')),
                ('has_warning', models.BooleanField(default=False, verbose_name='à vérifier')),
                ('outcome', models.CharField(blank=True, choices=[('', 'en attente'), ('enrolled', 'inscrit'), ('already', 'déjà inscrit'), ('invited', 'invitation envoyée'), ('refused', 'non inscrit'), ('excluded', 'écartée')], max_length=10, verbose_name='suite')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='explication')),
                ('enrolment_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='colleagues.enrolmentlist', verbose_name='liste')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='personne')),
            ],
            options={
                'verbose_name': 'ligne d’une liste d’inscription',
                'verbose_name_plural': 'lignes des listes d’inscription',
                'ordering': ['enrolment_list', 'position'],
            },
        ),
        migrations.CreateModel(
            name='RegisterExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifiant public')),
                ('form', models.CharField(choices=[('csv', 'CSV'), ('xlsx', 'Excel')], default='csv', max_length=4, verbose_name='format')),
                ('filters', models.JSONField(blank=True, default=dict, verbose_name='filtres')),
                ('content', models.BinaryField(null=True, verbose_name='contenu')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='demandé le')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandé par')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='structure')),
            ],
            options={
                'verbose_name': 'export de suivi',
                'verbose_name_plural': 'exports de suivi',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddIndex(
            model_name='enrolmentlist',
            index=models.Index(fields=['organisation', 'state'], name='colleagues__organis_9e2016_idx'),
        ),
        migrations.AddConstraint(
            model_name='enrolmentlist',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'expired')), ('confirmed_by__isnull', False), _connector='OR'), name='colleagues_list_confirmed_by_somebody', violation_error_message='Une liste confirmée l’est par quelqu’un.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'sent')), fields=('person', 'organisation', 'parcours'), name='colleagues_one_invitation_waiting', violation_error_message='Cette personne est déjà invitée à ce parcours par cette structure.'),
        ),
        migrations.AddIndex(
            model_name='listline',
            index=models.Index(fields=['enrolment_list', 'status'], name='colleagues__enrolme_73734d_idx'),
        ),
        migrations.AddIndex(
            model_name='listline',
            index=models.Index(fields=['enrolment_list', 'outcome'], name='colleagues__enrolme_6af855_idx'),
        ),
        migrations.AddConstraint(
            model_name='listline',
            constraint=models.UniqueConstraint(fields=('enrolment_list', 'position'), name='colleagues_line_position', violation_error_message='Deux lignes ne tiennent pas la même place.'),
        ),
    ]
