"""Rows that together name the state of all that is public, for figures that are worked out once for each."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publication", "0003_kinds_without_choices")]

    operations = [
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.BigIntegerField(verbose_name="token")),
            ],
            options={"verbose_name": "public change", "verbose_name_plural": "public changes"},
        ),
    ]
