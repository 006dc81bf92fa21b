"""Evidence behind recommendations, what became of each intervention, and who published what another drafted."""


import django.db.models.deletion
import portal.common.choices
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conclusions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Disposition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('intervention_key', models.UUIDField(verbose_name='intervention')),
                ('outcome', models.CharField(choices=[('reflected', 'Reflected'), ('partly', 'Reflected in part'), ('already_covered', 'Already covered'), ('not_reflected', 'Not reflected'), ('out_of_scope', 'Out of scope'), ('carried_over', 'Carried over to a later consultation')], max_length=20, verbose_name='what became of it')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('decided_at', models.DateTimeField(verbose_name='decided')),
            ],
            options={
                'verbose_name': 'disposition',
                'verbose_name_plural': 'dispositions',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('intervention_key', models.UUIDField(blank=True, null=True, verbose_name='intervention')),
                ('document', models.CharField(blank=True, max_length=12, verbose_name='library document')),
                ('field', models.CharField(max_length=40, verbose_name='text')),
                ('start', models.PositiveIntegerField(verbose_name='start')),
                ('end', models.PositiveIntegerField(verbose_name='end')),
                ('words', models.TextField(blank=True, verbose_name='words')),
                ('language', models.CharField(choices=portal.common.choices.language_choices, max_length=2, verbose_name='language')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('stance', models.CharField(choices=[('supports', 'supports it'), ('against', 'argues against')], default='supports', max_length=10, verbose_name='stance')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('attached_at', models.DateTimeField(verbose_name='attached')),
                ('corrected_at', models.DateTimeField(blank=True, null=True, verbose_name='text corrected')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ForceChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.SlugField(blank=True, max_length=40, verbose_name='category')),
                ('force', models.CharField(choices=[('none', 'none heard'), ('one', 'one voice'), ('some', 'some'), ('many', 'many'), ('consensus', 'consensus')], max_length=10, verbose_name='force of support')),
                ('note', models.TextField(verbose_name='note')),
            ],
            options={
                'verbose_name': 'chosen force of support',
                'verbose_name_plural': 'chosen forces of support',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RecommendationFacts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_from_plenary', models.BooleanField(default=False, verbose_name='from the plenary')),
            ],
            options={
                'verbose_name': 'facts of a recommendation',
                'verbose_name_plural': 'facts of recommendations',
            },
        ),
        migrations.AddField(
            model_name='conclusions',
            name='published_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='conclusions',
            constraint=models.CheckConstraint(condition=models.Q(('published_by__isnull', True), ('author__isnull', True), models.Q(('published_by', models.F('author')), _negated=True), _connector='OR'), name='conclusions_two_people'),
        ),
        migrations.AddField(
            model_name='disposition',
            name='conclusions',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dispositions', to='conclusions.conclusions'),
        ),
        migrations.AddField(
            model_name='disposition',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='disposition',
            name='part',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dispositions', to='conclusions.part', verbose_name='recommendation'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='attached_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='evidence',
            name='part',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='conclusions.part'),
        ),
        migrations.AddField(
            model_name='forcechoice',
            name='chosen_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='forcechoice',
            name='part',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='force_choices', to='conclusions.part'),
        ),
        migrations.AddField(
            model_name='recommendationfacts',
            name='part',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='conclusions.part'),
        ),
        migrations.AddConstraint(
            model_name='disposition',
            constraint=models.UniqueConstraint(fields=('conclusions', 'intervention_key'), name='disposition_once'),
        ),
        migrations.AddConstraint(
            model_name='disposition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['not_reflected', 'out_of_scope', 'partly']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='disposition_says_why'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['intervention_key'], name='evidence_intervention'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['document'], name='evidence_document'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('document', '')), fields=('part', 'intervention_key', 'field', 'start', 'end'), name='evidence_of_intervention_once'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('document', ''), _negated=True), fields=('part', 'document', 'field', 'start', 'end'), name='evidence_of_document_once'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document', ''), ('intervention_key__isnull', False)), models.Q(('intervention_key__isnull', True), models.Q(('document', ''), _negated=True)), _connector='OR'), name='evidence_has_one_source'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('start__lt', models.F('end'))), name='evidence_has_length'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('note', ''), ('words', '')), _connector='OR'), name='evidence_withdrawn_keeps_no_word'),
        ),
        migrations.AddConstraint(
            model_name='forcechoice',
            constraint=models.UniqueConstraint(fields=('part', 'category'), name='force_choice_once'),
        ),
        migrations.AddConstraint(
            model_name='forcechoice',
            constraint=models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='force_choice_has_note'),
        ),
    ]
