"""Who asked for a comparison is kept by key: the names that stand there go."""

from django.db import migrations

OWN = ("catch-up", "drain")


def clear_names(apps, schema_editor):
    apps.get_model("search", "Comparison").objects.exclude(asked_by__in=OWN).update(asked_by="")


class Migration(migrations.Migration):
    dependencies = [("search", "0004_source_plan")]

    operations = [migrations.RunPython(clear_names, migrations.RunPython.noop)]
