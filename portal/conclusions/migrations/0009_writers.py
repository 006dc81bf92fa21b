"""All who changed a version of conclusions, not only who did last; of what is there, the last is known."""

from django.conf import settings
from django.db import migrations, models


def keep_the_last(apps, schema_editor):
    for row in apps.get_model("conclusions", "Conclusions").objects.filter(author__isnull=False):
        row.writers.add(row.author_id)


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("conclusions", "0008_summaries"),
    ]

    operations = [
        migrations.AddField(
            model_name="conclusions",
            name="writers",
            field=models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(keep_the_last, migrations.RunPython.noop),
    ]
