"""Numbers of pledges in one form: `grf 77777` and `GRF-77777` are one.

Where two records bear one number the older keeps it, the others are marked "(2)", "(3)" for a person to join
them. Public records keep the spelling that was published until they are published again. Going back, the
forms stay: each of them was possible before.
"""

import re
import unicodedata
from collections import Counter

from django.db import migrations, models

PARTED = re.compile(r"[\s\-_/.:#·]+")
GLUED = re.compile(r"([A-Z]+)(\d.*)")
LENGTH = 40


def normal(text):
    plain = unicodedata.normalize("NFKC", text).upper()
    for dash in "‐‑‒–—―−":
        plain = plain.replace(dash, "-")
    parts = [part for part in PARTED.split(plain) if part]
    if parts and (glued := GLUED.fullmatch(parts[0])):
        parts[0:1] = glued.groups()
    if parts and parts[0].isdecimal():
        parts.insert(0, "GRF")
    return "-".join(parts)


def normalise(apps, schema_editor):
    Pledge = apps.get_model("pledges", "Pledge")
    rows = Pledge.objects.using(schema_editor.connection.alias).exclude(external_id="").order_by("pk")
    seen, changed = Counter(), []
    for row in rows.only("pk", "external_id").iterator(chunk_size=500):
        number = normal(row.external_id)[:LENGTH] or row.external_id
        seen[number] += 1
        if seen[number] > 1:
            number = f"{number[: LENGTH - 6]} ({seen[number]})"
        if number != row.external_id:
            row.external_id = number
            changed.append(row)
    for at in range(0, len(changed), 500):
        Pledge.objects.using(schema_editor.connection.alias).bulk_update(
            changed[at : at + 500], ["external_id"]
        )


class Migration(migrations.Migration):
    dependencies = [("pledges", "0006_every_source_is_linked")]

    operations = [
        migrations.RemoveConstraint(model_name="pledge", name="pledge_external_id"),
        migrations.RunPython(normalise, migrations.RunPython.noop),
    ]
