"""The state of a consultation is no column any more: dates and acts say it. What was stored becomes those.

Revisions too: publishing one must not take back what its page had. A stored state that dates or public questions
tell (announced, concept note published, meeting held) leaves nothing behind.
"""

from django.db import migrations, models
from django.utils import timezone
from django.utils.dateparse import parse_date

def facts_of(state, page):
    """What stands for a stored state. The moments are the nearest that the page knows."""
    published = page.last_published_at or page.latest_revision_created_at or timezone.now()
    opened = min(filter(None, (page.first_published_at or published, page.deadline)))
    return {
        "opens_at": opened if state == "open" else None,
        "closed_at": published if state == "closed" else None,
        "conclusions_at": published if state == "outcomes_published" else None,
        "followed_up_on": published.date() if state == "followed_up" else None,
    }


def state_of(facts, has_questions):
    """The way back."""
    for name, state in (
        ("followed_up_on", "followed_up"),
        ("conclusions_at", "outcomes_published"),
        ("closed_at", "closed"),
        ("opens_at", "open"),
    ):
        if facts[name]:
            return state
    last = facts["ends_on"] or facts["starts_on"]
    if last and last < timezone.now().date():
        return "meeting_held"
    return "concept_note_published" if has_questions else "announced"


def revisions_of(apps, page):
    """The revisions of a page; those of pages have the row's number as text."""
    kind = apps.get_model("contenttypes", "ContentType").objects.filter(
        app_label="consultations", model="consultationpage"
    )
    rows = apps.get_model("wagtailcore", "Revision").objects
    return rows.filter(content_type__in=kind, object_id=str(page.pk))


def keep_acts(apps, schema_editor):
    for page in apps.get_model("consultations", "ConsultationPage").objects.all():
        pages = type(page).objects.filter(pk=page.pk)
        pages.update(**facts_of(page.state, page))
        for revision in revisions_of(apps, page):
            state = revision.content.pop("state", page.state)
            facts = {
                name: value and value.isoformat() for name, value in facts_of(state, page).items()
            }
            revision.content = {**revision.content, **facts}
            revision.save(update_fields=["content"])


def restore_states(apps, schema_editor):
    questions = apps.get_model("consultations", "GuidingQuestionPage").objects.filter(live=True)
    for page in apps.get_model("consultations", "ConsultationPage").objects.all():
        has_questions = questions.filter(path__startswith=page.path).exists()
        names = ("followed_up_on", "conclusions_at", "closed_at", "opens_at", "ends_on", "starts_on")
        state = state_of({name: getattr(page, name) for name in names}, has_questions)
        type(page).objects.filter(pk=page.pk).update(state=state)
        for revision in revisions_of(apps, page):
            content = dict(revision.content)
            facts = {name: content.get(name) for name in names}
            for name in ("ends_on", "starts_on"):
                facts[name] = facts[name] and parse_date(facts[name])
            for name in names[:4]:
                content.pop(name, None)
            revision.content = {**content, "state": state_of(facts, has_questions)}
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0003_interventions_leave"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(
            model_name="consultationpage",
            name="opens_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Without it nobody can write on its questions.",
                null=True,
                verbose_name="open for interventions from",
            ),
        ),
        migrations.AddField(
            model_name="consultationpage",
            name="closed_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Only where it closed before its deadline.",
                null=True,
                verbose_name="closed early",
            ),
        ),
        migrations.AddField(
            model_name="consultationpage",
            name="conclusions_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="conclusions published"
            ),
        ),
        migrations.AddField(
            model_name="consultationpage",
            name="followed_up_on",
            field=models.DateField(blank=True, null=True, verbose_name="followed up"),
        ),
        migrations.RunPython(keep_acts, restore_states),
        migrations.RemoveField(model_name="consultationpage", name="state"),
    ]
