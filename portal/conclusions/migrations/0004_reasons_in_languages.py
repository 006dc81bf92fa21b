"""What became of interventions: reasons in several languages, and changes after publication."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conclusions', '0003_public_conclusions'),
    ]

    operations = [
        migrations.AddField(
            model_name='disposition',
            name='translations',
            field=models.JSONField(blank=True, default=dict, verbose_name='translations of the reason'),
        ),
        migrations.AddField(
            model_name='publicdisposition',
            name='translations',
            field=models.JSONField(blank=True, default=dict, verbose_name='translations of the reason'),
        ),
        migrations.AddField(
            model_name='publicdisposition',
            name='version',
            field=models.PositiveIntegerField(default=1, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='publicdisposition',
            name='changed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='changed'),
        ),
    ]
