from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone


def give_terms(apps, schema_editor):
    """To what stands already the whole term from now."""
    rows = apps.get_model("submissions", "Measure").objects.filter(state="stands")
    rows.update(appeal_until=timezone.now() + timedelta(days=30))


class Migration(migrations.Migration):

    dependencies = [
        ("submissions", "0008_amendments"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="appeal_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="appeals until"),
        ),
        migrations.RunPython(give_terms, migrations.RunPython.noop),
    ]
