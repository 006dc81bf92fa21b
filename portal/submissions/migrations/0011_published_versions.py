from django.db import migrations, models

# After each of these it was what had been submitted last that readers read.
PUBLISHED = ("published", "imported", "amendment_accepted", "refiling_accepted")


def tell_which_are_public(apps, schema_editor):
    """By the log; of what is public without a line there the newest."""
    versions = apps.get_model("submissions", "SubmittedVersion").objects
    events = apps.get_model("common", "Event").objects.filter(action__in=PUBLISHED)
    records = apps.get_model("publication", "Record").objects.filter(state="published")
    kinds = versions.order_by().values_list("kind", flat=True).distinct()
    lines = events.filter(object_kind__in=list(kinds)).values_list("object_kind", "object_key", "at")
    for kind, key, at in lines.iterator():
        _mark(versions.filter(kind=kind, submission_key=key, submitted_at__lte=at))
    marked = versions.filter(was_published=True).values("submission_key")
    for kind, key in records.exclude(source_key__in=marked).values_list("kind", "source_key").iterator():
        _mark(versions.filter(kind=kind, submission_key=key))


def _mark(rows):
    newest = rows.order_by("-number").first()
    if newest is not None:
        type(newest).objects.filter(pk=newest.pk).update(was_published=True)


class Migration(migrations.Migration):

    dependencies = [
        ("submissions", "0010_readmissions"),
        ("common", "0003_log_without_names"),
        ("publication", "0010_translations_beside_texts"),
    ]

    operations = [
        migrations.AddField(
            model_name="submittedversion",
            name="was_published",
            field=models.BooleanField(default=False, verbose_name="has become public"),
        ),
        migrations.RunPython(tell_which_are_public, migrations.RunPython.noop),
    ]
