"""Kinds and relations are declared by their apps: a new one needs no migration."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publication", "0002_choices_by_function")]

    operations = [
        migrations.AlterField("record", "kind", models.CharField(max_length=20, verbose_name="kind")),
        migrations.AlterField("recordlink", "relation", models.CharField(max_length=20, verbose_name="relation")),
    ]
