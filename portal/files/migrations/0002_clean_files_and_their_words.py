"""Files that are cleaned before they are stored, and their words."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0001_stored_file")]

    operations = [
        migrations.AddField("storedfile", "is_clean", models.BooleanField(default=False, verbose_name="cleaned")),
        migrations.CreateModel(
            name="FileText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("blocks", models.TextField(verbose_name="text")),
                ("pointed", models.TextField(default="[]", verbose_name="what may be personal data")),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="files.storedfile",
                        verbose_name="file",
                    ),
                ),
            ],
            options={"verbose_name": "text of a file", "verbose_name_plural": "texts of files"},
        ),
    ]
