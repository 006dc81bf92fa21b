"""The table of submitted versions; the apps of the submissions fill it from their own rows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SubmittedVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('submission_key', models.UUIDField(verbose_name='submission')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('receipt_number', models.CharField(max_length=11, unique=True, verbose_name='receipt number')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256 of what was sent')),
                ('content', models.TextField(blank=True, verbose_name='content')),
                ('submitted_at', models.DateTimeField(verbose_name='submitted')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'submitted version',
                'verbose_name_plural': 'submitted versions',
                'ordering': ['kind', 'submission_key', 'number'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'submission_key', 'number'), name='submitted_version_number')],
            },
        ),
    ]
