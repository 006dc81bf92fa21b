"""Objections of organizations to what became of their interventions."""


import django.db.models.deletion
import portal.common.choices
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conclusions', '0004_reasons_in_languages'),
        ('organizations', '0004_submitted_profile'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('consultation_key', models.UUIDField(verbose_name='consultation')),
                ('intervention_key', models.UUIDField(verbose_name='intervention')),
                ('language', models.CharField(choices=portal.common.choices.language_choices, max_length=2, verbose_name='language')),
                ('text', models.TextField(verbose_name='text')),
                ('disputed', models.JSONField(default=dict, verbose_name='what it objects to')),
                ('state', models.CharField(default='open', max_length=20, verbose_name='state')),
                ('filed_at', models.DateTimeField(verbose_name='submitted')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('conclusions', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='conclusions.conclusions')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('disposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('filed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'verbose_name': 'objection',
                'verbose_name_plural': 'objections',
                'ordering': ['filed_at', 'pk'],
                'indexes': [models.Index(fields=['state', 'filed_at'], name='objection_queue')],
                'constraints': [models.UniqueConstraint(fields=('consultation_key', 'intervention_key'), name='objection_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='objection_decided_says_why'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(models.Q(('disposed_by__isnull', True), models.Q(('disposed_by', models.F('decided_by')), _negated=True), _connector='OR'), models.Q(('filed_by__isnull', True), models.Q(('filed_by', models.F('decided_by')), _negated=True), _connector='OR')), _connector='OR'), name='objection_two_people')],
            },
        ),
    ]
