"""A number is kept from others by what is public or submitted, no more by what is only written.

Going back fails while two pledges bear one number.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("pledges", "0014_word_of_each_party")]

    operations = [
        migrations.RemoveConstraint(model_name="pledge", name="pledge_number_once"),
        migrations.AlterField(
            model_name="pledgenumber",
            name="number",
            field=models.CharField(db_index=True, max_length=40, verbose_name="number"),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.UniqueConstraint(
                condition=~Q(external_id="") & Q(state__in=("submitted", "published")),
                fields=("external_id",),
                name="pledge_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledgenumber",
            constraint=models.UniqueConstraint(fields=("pledge", "number"), name="pledge_other_number_once"),
        ),
    ]
