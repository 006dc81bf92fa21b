"""Seeds of second steps from before they were encrypted. What is encrypted already stays, also when run again.

Going back, they stay encrypted: the portal has read both since it encrypts.
"""

from cryptography.fernet import InvalidToken
from django.db import migrations

from portal.accounts.factors import box

SECRETS = ("secret", "seed")  # of an app, of recovery codes


def encrypt(apps, schema_editor):
    rows = apps.get_model("mfa", "Authenticator").objects.using(schema_editor.connection.alias)
    for row in rows.filter(type__in=["totp", "recovery_codes"]):
        data = {name: encrypted(value) if name in SECRETS else value for name, value in row.data.items()}
        if "migrated_codes" in data:
            data["migrated_codes"] = [encrypted(each) for each in data["migrated_codes"]]
        if data != row.data:
            row.data = data
            row.save(update_fields=["data"])


def encrypted(value):
    try:
        box().decrypt(value.encode())
    except InvalidToken:
        # A key that is gone: better kept for whoever finds it than encrypted twice.
        return value if not value.isalnum() else box().encrypt(value.encode()).decode()
    return value


class Migration(migrations.Migration):
    dependencies = [
        ("mfa", "0003_authenticator_type_uniq"),
        ("accounts", "0005_addresses_in_one_spelling"),
    ]

    operations = [migrations.RunPython(encrypt, migrations.RunPython.noop)]
