"""What conclusions say in plain words, by language."""

import django.db.models.deletion
import portal.common.choices
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conclusions', '0007_removed_parts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Summary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=portal.common.choices.language_choices, max_length=2, verbose_name='language')),
                ('text', models.TextField(verbose_name='text')),
                ('conclusions', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='summaries', to='conclusions.conclusions')),
            ],
            options={
                'verbose_name': 'summary in plain words',
                'verbose_name_plural': 'summaries in plain words',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('conclusions', 'language'), name='conclusions_summary_once')],
            },
        ),
    ]
