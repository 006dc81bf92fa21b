"""What the staff entered as an organization's own was entered for it: nobody of it has said that it is its own."""

from django.db import migrations
from django.db.models import Exists, OuterRef


def say_who_entered(apps, schema_editor):
    asked = apps.get_model("translations", "TranslationRequest").objects.filter(wants="publish")
    members = apps.get_model("organizations", "Membership").objects.filter(
        organization=OuterRef("organization"), user=OuterRef("author")
    )
    # Somebody who has left the organization since may have spoken for it: only who is of the staff has not.
    staff = asked.filter(author__groups__isnull=False).values("pk")
    rows = asked.filter(~Exists(members), entered_as="organization", pk__in=staff)
    public = apps.get_model("publication", "RecordTranslation").objects.filter(made_by="organization")
    for row in rows.filter(state="published"):
        newer = asked.filter(
            kind=row.kind, submission_key=row.submission_key, into=row.into, state="published", pk__gt=row.pk
        )
        if not newer.exists():
            beside = public.filter(
                record__kind=row.kind, record__source_key=row.submission_key, language=row.into
            )
            beside.update(made_by="for_organization")
    rows.update(entered_as="for_organization")


class Migration(migrations.Migration):
    dependencies = [
        ("translations", "0001_requests"),
        ("publication", "0011_translations_entered_for_organizations"),
        ("organizations", "0013_out_of_directory"),
    ]

    operations = [migrations.RunPython(say_who_entered, migrations.RunPython.noop)]
