"""What claims keep of the list from before its evidence was left out: that was the secretariat's own.

Going back, it stays out.
"""

from django.db import migrations


def leave_out(apps, schema_editor):
    rows = apps.get_model("organizations", "OrganizationClaim").objects.using(schema_editor.connection.alias)
    for row in rows.filter(listed__has_key="evidence"):
        del row.listed["evidence"]
        row.save(update_fields=["listed"])


class Migration(migrations.Migration):
    dependencies = [("organizations", "0007_members")]

    operations = [migrations.RunPython(leave_out, migrations.RunPython.noop)]
