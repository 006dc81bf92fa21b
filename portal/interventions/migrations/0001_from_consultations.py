"""Interventions leave `consultations`: the tables were renamed there, this app takes them over as they are."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


def move_content_types(apps, schema_editor, old='consultations', new='interventions'):
    ContentType = apps.get_model('contenttypes', 'ContentType')
    ContentType.objects.filter(app_label=old, model__in=('intervention', 'interventionanswer')).update(app_label=new)


def move_back(apps, schema_editor):
    move_content_types(apps, schema_editor, 'interventions', 'consultations')


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('consultations', '0003_interventions_leave'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('organizations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(move_content_types, move_back),
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.CreateModel(
                name='Intervention',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('form', models.CharField(choices=[('intervention', 'Intervention'), ('good_practice', 'Good practice')], default='intervention', max_length=20, verbose_name='kind')),
                    ('language', models.CharField(choices=[('es', 'Spanish'), ('en', 'English'), ('pt', 'Portuguese'), ('fr', 'French')], max_length=2, verbose_name='language')),
                    ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                    ('body', models.TextField(blank=True, verbose_name='text')),
                    ('recommendations', models.JSONField(blank=True, default=list, verbose_name='key recommendations')),
                    ('country', models.CharField(blank=True, choices=[('AG', 'Antigua and Barbuda'), ('AR', 'Argentina'), ('BS', 'Bahamas'), ('BB', 'Barbados'), ('BZ', 'Belize'), ('BO', 'Bolivia'), ('BR', 'Brazil'), ('CA', 'Canada'), ('CL', 'Chile'), ('CO', 'Colombia'), ('CR', 'Costa Rica'), ('CU', 'Cuba'), ('DM', 'Dominica'), ('DO', 'Dominican Republic'), ('EC', 'Ecuador'), ('SV', 'El Salvador'), ('FR', 'France'), ('DE', 'Germany'), ('GD', 'Grenada'), ('GT', 'Guatemala'), ('GY', 'Guyana'), ('HT', 'Haiti'), ('HN', 'Honduras'), ('JM', 'Jamaica'), ('MX', 'Mexico'), ('NL', 'Netherlands'), ('NI', 'Nicaragua'), ('PA', 'Panama'), ('PY', 'Paraguay'), ('PE', 'Peru'), ('KN', 'Saint Kitts and Nevis'), ('LC', 'Saint Lucia'), ('VC', 'Saint Vincent and the Grenadines'), ('ES', 'Spain'), ('SR', 'Suriname'), ('SE', 'Sweden'), ('CH', 'Switzerland'), ('TT', 'Trinidad and Tobago'), ('GB', 'United Kingdom'), ('US', 'United States'), ('UY', 'Uruguay'), ('VE', 'Venezuela'), ('XX', 'Several countries or elsewhere')], max_length=2, verbose_name='country')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('returned', 'Returned to you'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', max_length=20, verbose_name='state')),
                    ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
                    ('reason', models.TextField(blank=True, verbose_name='reason')),
                    ('translations', models.JSONField(blank=True, default=list, verbose_name='official translations')),
                    ('submit_key', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='one-use submit key')),
                    ('receipt_number', models.CharField(blank=True, max_length=11, verbose_name='receipt number')),
                    ('receipt_digest', models.CharField(blank=True, max_length=64, verbose_name='receipt hash')),
                    ('created_at', models.DateTimeField(verbose_name='created')),
                    ('updated_at', models.DateTimeField(verbose_name='saved')),
                    ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted')),
                    ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                    ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interventions', to='organizations.organization')),
                ],
                options={
                    'verbose_name': 'intervention',
                    'verbose_name_plural': 'interventions',
                    'ordering': ['-updated_at'],
                },
            ),
            migrations.CreateModel(
                name='InterventionAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('question_key', models.UUIDField(verbose_name='guiding question')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('intervention', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='interventions.intervention')),
                ],
                options={
                    'verbose_name': 'answered question',
                    'verbose_name_plural': 'answered questions',
                    'ordering': ['position'],
                },
            ),
            migrations.AddIndex(
                model_name='intervention',
                index=models.Index(fields=['state', 'submitted_at'], name='intervention_queue'),
            ),
            migrations.AddConstraint(
                model_name='intervention',
                constraint=models.UniqueConstraint(condition=models.Q(('receipt_number', ''), _negated=True), fields=('receipt_number',), name='intervention_receipt'),
            ),
            migrations.AddConstraint(
                model_name='intervention',
                constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('receipt_digest__gt', ''), ('receipt_number__gt', ''), ('submitted_at__isnull', False), ('title__gt', '')), _connector='OR'), name='intervention_submitted_is_complete'),
            ),
            migrations.AddConstraint(
                model_name='intervention',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='intervention_returned_needs_reason'),
            ),
            migrations.AddConstraint(
                model_name='interventionanswer',
                constraint=models.UniqueConstraint(fields=('intervention', 'question_key'), name='answer_question_once'),
            ),
        ]),
    ]
