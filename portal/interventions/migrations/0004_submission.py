"""An intervention is a submission like every other: its states stand in a table of the code."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interventions', '0003_receipts_become_versions'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='intervention',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='organizations.organization'),
        ),
        migrations.AlterField(
            model_name='intervention',
            name='state',
            field=models.CharField(default='draft', max_length=20, verbose_name='state'),
        ),
    ]
