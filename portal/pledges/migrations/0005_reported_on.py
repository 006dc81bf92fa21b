"""The day on which the parties reported last: empty until they do."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pledges", "0004_lifecycle_becomes_state")]

    operations = [
        migrations.AddField(
            "pledge",
            "reported_on",
            models.DateField(
                blank=True,
                help_text="Empty until a party reports.",
                null=True,
                verbose_name="last report of the parties",
            ),
        ),
    ]
