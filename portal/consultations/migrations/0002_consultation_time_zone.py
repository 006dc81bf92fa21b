from django.db import migrations, models

import portal.consultations.time_zones


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="consultationpage",
            name="time_zone",
            field=models.CharField(
                default="UTC",
                help_text="Of the place where the deadline holds, such as America/Sao_Paulo.",
                max_length=40,
                validators=[portal.consultations.time_zones.validate_time_zone],
                verbose_name="time zone",
            ),
        ),
    ]
