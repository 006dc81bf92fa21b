"""Grounds, a first yes and the yearly confirmation; files, vouching and appeals in tables of their own."""

import django.db.models.deletion
import portal.common.choices
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_stored_file'),
        ('organizations', '0005_listed_and_claimed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('language', models.CharField(choices=portal.common.choices.language_choices, max_length=2, verbose_name='language')),
                ('text', models.TextField(verbose_name='appeal')),
                ('declined_at', models.DateTimeField(verbose_name='declined')),
                ('ground', models.CharField(blank=True, max_length=30, verbose_name='ground')),
                ('declined_reason', models.TextField(blank=True, verbose_name='reason of the refusal')),
                ('state', models.CharField(default='submitted', max_length=20, verbose_name='state')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('submitted_at', models.DateTimeField(verbose_name='submitted')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
            ],
            options={
                'verbose_name': 'appeal of an organization',
                'verbose_name_plural': 'appeals of organizations',
                'ordering': ['submitted_at'],
            },
        ),
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('added_at', models.DateTimeField(verbose_name='added')),
            ],
            options={
                'verbose_name': 'proof of an organization',
                'verbose_name_plural': 'proofs of organizations',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Vouch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reach', models.PositiveBigIntegerField(default=0, editable=False)),
                ('state', models.CharField(default='asked', max_length=20, verbose_name='state')),
                ('sentence', models.TextField(blank=True, verbose_name='what it says')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('said_at', models.DateTimeField(blank=True, null=True, verbose_name='said')),
            ],
            options={
                'verbose_name': 'word of a verified organization',
                'verbose_name_plural': 'words of verified organizations',
                'ordering': ['pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='organization',
            name='organization_declined_needs_reason',
        ),
        migrations.AddField(
            model_name='organization',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='confirmed'),
        ),
        migrations.AddField(
            model_name='organization',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='organization',
            name='first_yes_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='organization',
            name='ground',
            field=models.CharField(blank=True, max_length=30, verbose_name='ground'),
        ),
        migrations.AddField(
            model_name='organization',
            name='is_at_risk',
            field=models.BooleanField(default=False, verbose_name='at risk'),
        ),
        migrations.AddField(
            model_name='organization',
            name='reminded_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='days before'),
        ),
        migrations.AddField(
            model_name='organization',
            name='reminded_on',
            field=models.DateField(blank=True, null=True, verbose_name='reminded'),
        ),
        migrations.AddField(
            model_name='organization',
            name='risk_reason',
            field=models.TextField(blank=True, verbose_name='why it is at risk'),
        ),
        migrations.AddField(
            model_name='organizationclaim',
            name='ground',
            field=models.CharField(blank=True, max_length=30, verbose_name='ground'),
        ),
        migrations.AddField(
            model_name='organizationclaim',
            name='first_yes_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['declined', 'info_requested', 'suspended']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='organization_declined_needs_reason'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appeal',
            name='declined_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appeal',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appeals', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='proof',
            name='claim',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='proofs', to='organizations.organizationclaim'),
        ),
        migrations.AddField(
            model_name='proof',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile'),
        ),
        migrations.AddField(
            model_name='proof',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proofs', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='vouch',
            name='claim',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='vouches', to='organizations.organizationclaim'),
        ),
        migrations.AddField(
            model_name='vouch',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vouches', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='vouch',
            name='said_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='vouch',
            name='voucher',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vouched', to='organizations.organization'),
        ),
        migrations.AddIndex(
            model_name='appeal',
            index=models.Index(fields=['state', 'submitted_at'], name='organization_appeal_queue'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.UniqueConstraint(fields=('organization', 'declined_at'), name='organization_appeal_once'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['granted', 'dismissed']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='organization_appeal_reason'),
        ),
        migrations.AddIndex(
            model_name='vouch',
            index=models.Index(fields=['voucher', 'state'], name='vouch_asked'),
        ),
        migrations.AddConstraint(
            model_name='vouch',
            constraint=models.UniqueConstraint(fields=('organization', 'voucher', 'reach'), name='vouch_once'),
        ),
        migrations.AddConstraint(
            model_name='vouch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['given', 'refused']), _negated=True), models.Q(('sentence', ''), _negated=True), _connector='OR'), name='vouch_given_says'),
        ),
        migrations.AddConstraint(
            model_name='vouch',
            constraint=models.CheckConstraint(condition=models.Q(('voucher', models.F('organization')), _negated=True), name='vouch_not_for_itself'),
        ),
    ]
