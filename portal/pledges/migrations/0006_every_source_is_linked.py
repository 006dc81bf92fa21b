"""Public pledges link to every intervention they follow from; a link is shown while its target is public.

Contents and digests stay as they are. Back again, only links to what is public now remain.
"""

from collections import Counter

from django.db import migrations

RELATION = "follows"
# After all links a record has.
FIRST = 1_000


def link_every_source(apps, schema_editor):
    Link = apps.get_model("publication", "RecordLink")
    records = dict(
        apps.get_model("publication", "Record")
        .objects.filter(kind="pledge", state="published")
        .values_list("source_key", "pk")
    )
    known = set(Link.objects.filter(relation=RELATION).values_list("record_id", "target"))
    sources = apps.get_model("pledges", "PledgeIntervention").objects.order_by("pk")
    missing, at = [], Counter()
    for key, intervention in sources.values_list("pledge__key", "intervention_key").iterator():
        record = records.get(key)
        if record is not None and (record, str(intervention)) not in known:
            position = FIRST + at[record]
            at[record] += 1
            missing.append(
                Link(record_id=record, relation=RELATION, target=str(intervention), position=position)
            )
    Link.objects.bulk_create(missing, batch_size=500)


def keep_public_targets(apps, schema_editor):
    Record = apps.get_model("publication", "Record")
    public = Record.objects.filter(kind="intervention", state="published")
    keys = {str(key) for key in public.values_list("source_key", flat=True)}
    Link = apps.get_model("publication", "RecordLink")
    rows = Link.objects.filter(relation=RELATION).values_list("pk", "target")
    gone = [pk for pk, target in rows.iterator() if target not in keys]
    for at in range(0, len(gone), 500):
        Link.objects.filter(pk__in=gone[at : at + 500]).delete()


class Migration(migrations.Migration):
    dependencies = [("pledges", "0005_reported_on"), ("publication", "0003_kinds_without_choices")]

    operations = [migrations.RunPython(link_every_source, keep_public_targets)]
