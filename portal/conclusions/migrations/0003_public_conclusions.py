"""What is public of conclusions beside the ledger."""


import django.db.models.deletion
import portal.common.choices
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conclusions', '0002_evidence_dispositions_two_people'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicConclusions',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consultation_key', models.UUIDField(verbose_name='consultation')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('is_current', models.BooleanField(default=True, verbose_name='current')),
                ('language', models.CharField(choices=portal.common.choices.language_choices, max_length=2, verbose_name='original language')),
                ('content', models.JSONField(verbose_name='content')),
                ('headings', models.JSONField(default=list, verbose_name='headings')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('published_at', models.DateTimeField(verbose_name='published')),
            ],
            options={
                'verbose_name': 'published conclusions',
                'verbose_name_plural': 'published conclusions',
                'ordering': ['consultation_key', 'number'],
                'constraints': [models.UniqueConstraint(fields=('consultation_key', 'number'), name='public_conclusions_number'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('consultation_key',), name='public_conclusions_one_current')],
            },
        ),
        migrations.CreateModel(
            name='PublicEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recommendation_key', models.UUIDField(verbose_name='recommendation')),
                ('position', models.PositiveIntegerField(verbose_name='position')),
                ('stance', models.CharField(choices=[('supports', 'supports it'), ('against', 'argues against')], max_length=10, verbose_name='stance')),
                ('intervention_key', models.UUIDField(blank=True, null=True, verbose_name='intervention')),
                ('document', models.CharField(blank=True, max_length=12, verbose_name='library document')),
                ('field', models.CharField(max_length=40, verbose_name='text')),
                ('start', models.PositiveIntegerField(verbose_name='start')),
                ('end', models.PositiveIntegerField(verbose_name='end')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('is_changed', models.BooleanField(default=False, verbose_name='text corrected')),
            ],
            options={
                'verbose_name': 'published evidence',
                'verbose_name_plural': 'published evidence',
                'ordering': ['recommendation_key', 'position'],
                'indexes': [models.Index(fields=['intervention_key'], name='public_evidence_intervention')],
                'constraints': [models.UniqueConstraint(fields=('recommendation_key', 'position'), name='public_evidence_place')],
            },
        ),
        migrations.CreateModel(
            name='PublicDisposition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('intervention_key', models.UUIDField(verbose_name='intervention')),
                ('outcome', models.CharField(choices=[('reflected', 'Reflected'), ('partly', 'Reflected in part'), ('already_covered', 'Already covered'), ('not_reflected', 'Not reflected'), ('out_of_scope', 'Out of scope'), ('carried_over', 'Carried over to a later consultation')], max_length=20, verbose_name='what became of it')),
                ('recommendation_key', models.UUIDField(blank=True, null=True, verbose_name='recommendation')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('conclusions', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dispositions', to='conclusions.publicconclusions')),
            ],
            options={
                'verbose_name': 'published disposition',
                'verbose_name_plural': 'published dispositions',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['intervention_key'], name='public_disposition_of')],
                'constraints': [models.UniqueConstraint(fields=('conclusions', 'intervention_key'), name='public_disposition_once')],
            },
        ),
    ]
