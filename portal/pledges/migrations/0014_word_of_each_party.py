"""What each party has agreed to, whether a draft names it, and what was public before a withdrawal.

Who asked and was turned away by the keeper of the pledge had `declined` like who declined by itself; who
decided tells them apart. Going back, both are that again.
"""

from django.conf import settings
from django.db import migrations, models
from django.db.models import F

ROLES = [
    ("lead", "Lead"),
    ("partner", "Partner"),
    ("funder", "Funder"),
    ("implementer", "Implementer"),
    ("host", "Host"),
    ("supporter", "Supporter"),
]
STATES = [
    ("asked", "Asks to be named"),
    ("named", "Named, has not confirmed"),
    ("confirmed", "Confirmed"),
    ("declined", "Declined"),
]


def fill(apps, schema_editor):
    rows = apps.get_model("pledges", "PledgeParty").objects.using(schema_editor.connection.alias)
    rows.filter(state__in=("asked", "confirmed", "declined")).update(agreed_role=F("role"))
    keepers = apps.get_model("organizations", "Membership").objects.using(schema_editor.connection.alias)
    for row in rows.filter(state="declined", decided_by__isnull=False).select_related("pledge"):
        speaks = keepers.filter(user_id=row.decided_by_id)
        own = speaks.filter(organization_id=row.organization_id).exists()
        if not own and speaks.filter(organization_id=row.pledge.organization_id).exists():
            row.state = "refused"
            row.save(update_fields=["state"])
    rows.filter(state__in=("asked", "refused")).update(is_named=False)


def unfill(apps, schema_editor):
    rows = apps.get_model("pledges", "PledgeParty").objects.using(schema_editor.connection.alias)
    rows.filter(is_named=False).exclude(state__in=("asked", "refused")).delete()
    rows.filter(state="refused").update(state="declined")


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0005_listed_and_claimed"),
        ("pledges", "0013_pairs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="pledge",
            name="last_public",
            field=models.JSONField(
                blank=True, default=dict, verbose_name="public before it was withdrawn"
            ),
        ),
        migrations.AddField(
            model_name="pledgeparty",
            name="agreed_role",
            field=models.CharField(
                blank=True, choices=ROLES, max_length=20, verbose_name="role it agreed to"
            ),
        ),
        migrations.AddField(
            model_name="pledgeparty",
            name="is_named",
            field=models.BooleanField(default=True, verbose_name="named in what is written"),
        ),
        migrations.AlterField(
            model_name="pledgeparty",
            name="state",
            field=models.CharField(
                choices=[*STATES, ("refused", "Asked, was not accepted")],
                default="named",
                max_length=20,
                verbose_name="state",
            ),
        ),
        migrations.RunPython(fill, unfill),
    ]
