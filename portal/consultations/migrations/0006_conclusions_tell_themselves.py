from django.db import migrations, models


def close(apps, schema_editor):
    """What was called published and has no conclusions takes no interventions again."""
    pages = apps.get_model("consultations", "ConsultationPage").objects
    pages.filter(conclusions_at__isnull=False, closed_at__isnull=True).update(closed_at=models.F("conclusions_at"))


class Migration(migrations.Migration):
    dependencies = [("consultations", "0005_import_number")]

    operations = [
        migrations.RunPython(close, migrations.RunPython.noop),
        migrations.RemoveField(model_name="consultationpage", name="conclusions_at"),
    ]
