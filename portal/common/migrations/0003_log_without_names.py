"""The log keeps the keys of people, no names: who is erased is then named nowhere."""

from django.db import migrations, models


def clear_names(apps, schema_editor):
    apps.get_model("common", "Event").objects.exclude(user_id=None).update(actor_name="")


class Migration(migrations.Migration):
    dependencies = [("common", "0002_kept_forms")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="actor_name",
            field=models.CharField(blank=True, max_length=200, verbose_name="actor"),
        ),
        migrations.RunPython(clear_names, migrations.RunPython.noop),
    ]
