"""The texts of submissions as they were saved, one row a step and save."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0001_submitted_versions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('submission_key', models.UUIDField(verbose_name='submission')),
                ('step', models.CharField(max_length=30, verbose_name='step')),
                ('revision', models.PositiveIntegerField(verbose_name='revision')),
                ('values', models.TextField(verbose_name='text')),
                ('way', models.CharField(max_length=10, verbose_name='saved how')),
                ('page', models.CharField(blank=True, max_length=32, verbose_name='opened page')),
                ('role', models.CharField(blank=True, max_length=20, verbose_name='role')),
                ('saved_at', models.DateTimeField(verbose_name='saved')),
                ('thinned', models.PositiveSmallIntegerField(default=0, verbose_name='thinned')),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved text',
                'verbose_name_plural': 'saved texts',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['thinned', 'saved_at'], name='saved_text_thinned')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('way', 'aside'), _negated=True), fields=('kind', 'submission_key', 'step', 'revision'), name='saved_text_revision')],
            },
        ),
    ]
