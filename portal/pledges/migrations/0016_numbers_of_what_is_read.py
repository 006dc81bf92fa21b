"""A pledge that is being read keeps its number from others, as what is submitted or public does."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("pledges", "0015_numbers_of_drafts_are_free")]

    operations = [
        migrations.RemoveConstraint(model_name="pledge", name="pledge_number_once"),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.UniqueConstraint(
                condition=~Q(external_id="") & Q(state__in=("submitted", "in_review", "published")),
                fields=("external_id",),
                name="pledge_number_once",
            ),
        ),
    ]
