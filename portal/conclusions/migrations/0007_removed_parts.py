"""An imported part that an editor removed stays as a row, so that no import brings it back."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conclusions', '0006_recommendation_marks'),
    ]

    operations = [
        migrations.AddField(
            model_name='part',
            name='removed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='removed'),
        ),
    ]
