"""Lists count rows by country and by type without reading the texts beside them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publication", "0004_public_changes")]

    operations = [
        migrations.AddIndex(
            "record", models.Index(fields=["kind", "state", "country", "type_code"], name="record_counts")
        ),
    ]
