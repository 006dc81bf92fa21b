"""The profile as it was submitted: what the secretariat reads. Filled with what it could read until now."""

from django.db import migrations, models

PROFILE = ("name", "acronym", "type_code", "country", "language", "website", "description", "evidence")


def keep_profiles(apps, schema_editor):
    rows = apps.get_model("organizations", "Organization").objects.using(schema_editor.connection.alias)
    for row in rows.exclude(state="draft").iterator():
        row.submitted_profile = {name: getattr(row, name) for name in PROFILE}
        row.save(update_fields=["submitted_profile"])


class Migration(migrations.Migration):
    dependencies = [("organizations", "0003_state_without_choices")]

    operations = [
        migrations.AddField(
            "organization",
            "submitted_profile",
            models.JSONField(blank=True, default=dict, verbose_name="profile as submitted"),
        ),
        migrations.RunPython(keep_profiles, migrations.RunPython.noop),
    ]
