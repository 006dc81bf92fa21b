"""Addresses from before domains were folded, such as `ana@exämple.org`: nobody could sign in with them.

An account whose folded address another one has stays as it is; where two share one, who signed in last has
it. Going back, the spellings stay: each of them was possible before.
"""

from django.conf import settings
from django.db import migrations
from django.db.models import F

from portal.accounts.addresses import folded_address


def fold(apps, schema_editor):
    alias = schema_editor.connection.alias
    users = apps.get_model("accounts", "User").objects.using(alias)
    addresses = apps.get_model("account", "EmailAddress").objects.using(alias)
    for user in users.order_by(F("last_login").desc(nulls_last=True), "pk").only("pk", "email"):
        own = list(addresses.filter(user_id=user.pk).order_by("-verified", "-primary", "pk"))
        spellings = {user.email, *(row.email for row in own)}
        if all(each == folded_address(each) for each in spellings):
            continue
        folded = {folded_address(each) for each in spellings}
        others = addresses.filter(email__in=folded).exclude(user_id=user.pk)
        if others.exists() or users.filter(email__in=folded).exclude(pk=user.pk).exists():
            continue
        keep_one_of_each(own)
        user.email = folded_address(user.email)
        user.save(update_fields=["email"])


def keep_one_of_each(rows):
    """Of one account, the confirmed and first ones before others."""
    kept = {folded_address(row.email): row for row in reversed(rows)}
    for row in rows:
        if row not in kept.values():
            row.delete()
    for email, row in kept.items():
        row.email = email
        row.save(update_fields=["email"])


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0004_staff"),
    ]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
