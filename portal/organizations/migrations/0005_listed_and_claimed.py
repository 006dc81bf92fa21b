"""Organizations that the secretariat lists, and the claims of those who say that they are theirs."""

import django.db.models.deletion
import portal.common.choices
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0004_submitted_profile'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='organization',
            name='aliases',
            field=models.JSONField(blank=True, default=list, verbose_name='other names'),
        ),
        migrations.AddField(
            model_name='organization',
            name='imported',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='as imported'),
        ),
        migrations.AlterField(
            model_name='organization',
            name='country',
            field=models.CharField(blank=True, choices=portal.common.choices.country_codes, max_length=2, verbose_name='country'),
        ),
        migrations.CreateModel(
            name='OrganizationClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('language', models.CharField(choices=portal.common.choices.language_choices, max_length=2, verbose_name='language')),
                ('profile', models.JSONField(default=dict, verbose_name='profile as claimed')),
                ('listed', models.JSONField(default=dict, verbose_name='profile as listed')),
                ('state', models.CharField(default='submitted', max_length=20, verbose_name='state')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('submitted_at', models.DateTimeField(verbose_name='submitted')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('claimant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='organization_claims', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='organizations.organization')),
            ],
            options={
                'verbose_name': 'claim of an organization',
                'verbose_name_plural': 'claims of organizations',
                'ordering': ['submitted_at'],
                'indexes': [models.Index(fields=['state', 'submitted_at'], name='organization_claim_queue')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'submitted')), fields=('organization', 'claimant'), name='organization_claim_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='organization_claim_declined_why')],
            },
        ),
    ]
