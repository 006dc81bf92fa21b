"""Rows that together name what the tables hold that public pages read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publication", "0011_translations_entered_for_organizations")]

    operations = [
        migrations.CreateModel(
            name="SiteChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.BigIntegerField(verbose_name="token")),
            ],
            options={
                "verbose_name": "change of what pages show",
                "verbose_name_plural": "changes of what pages show",
            },
        ),
    ]
