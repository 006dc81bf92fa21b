"""Notes and marks of moderators; signatures by which near-copies are known."""

import django.db.models.deletion
import portal.common.choices
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0003_people_can_go'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TextSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('object_key', models.UUIDField(verbose_name='object')),
                ('language', models.CharField(choices=portal.common.choices.language_choices, max_length=2, verbose_name='language')),
                ('group', models.UUIDField(verbose_name='group')),
                ('marks', models.BinaryField(verbose_name='hashes')),
            ],
            options={
                'verbose_name': 'signature of a text',
                'verbose_name_plural': 'signatures of texts',
                'indexes': [models.Index(fields=['group'], name='signature_group')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_key'), name='signature_once')],
            },
        ),
        migrations.CreateModel(
            name='InternalNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('object_key', models.UUIDField(verbose_name='object')),
                ('text', models.TextField(verbose_name='text')),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'internal note',
                'verbose_name_plural': 'internal notes',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['kind', 'object_key'], name='internal_note_object')],
            },
        ),
        migrations.CreateModel(
            name='ReadyMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('object_key', models.UUIDField(verbose_name='object')),
                ('marked_at', models.DateTimeField(verbose_name='marked')),
                ('seen', models.CharField(max_length=40, verbose_name='what was read')),
                ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'mark of what is ready',
                'verbose_name_plural': 'marks of what is ready',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_key'), name='ready_once')],
            },
        ),
        migrations.CreateModel(
            name='SignatureMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveBigIntegerField(verbose_name='hash')),
                ('signature', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sketch', to='moderation.textsignature')),
            ],
            options={
                'verbose_name': 'hash of a signature',
                'verbose_name_plural': 'hashes of signatures',
                'indexes': [models.Index(fields=['value'], name='signature_value')],
            },
        ),
    ]
