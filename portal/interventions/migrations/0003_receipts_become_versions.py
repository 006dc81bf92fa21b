"""Receipts move from the rows to the submitted versions; of what was submitted only the row of today is known.

Its content is kept where it is still what the receipt's digest counts. Going back, the newest version's receipt
returns to its row.
"""

import hashlib
import json

from django.db import migrations, models

KIND = 'intervention'


def content_of(row, questions):
    return {
        'kind': KIND,
        'key': str(row.key),
        'organization': str(row.organization.key),
        'form': row.form,
        'language': row.language,
        'country': row.country,
        'questions': questions,
        'title': row.title,
        'body': row.body,
        'recommendations': list(row.recommendations),
    }


def keep_versions(apps, schema_editor):
    Intervention = apps.get_model('interventions', 'Intervention')
    Answer = apps.get_model('interventions', 'InterventionAnswer')
    Version = apps.get_model('submissions', 'SubmittedVersion')
    database = schema_editor.connection.alias
    questions = {}
    for pk, key in Answer.objects.using(database).order_by('position', 'pk').values_list('intervention_id', 'question_key'):
        questions.setdefault(pk, []).append(str(key))
    people, numbers = submitters(apps, database), numbers_by_receipt(apps, database)
    for row in Intervention.objects.using(database).exclude(receipt_number='').select_related('organization'):
        text = json.dumps(content_of(row, questions.get(row.pk, [])), ensure_ascii=False, sort_keys=True, separators=(',', ':'))
        is_same = hashlib.sha256(text.encode()).hexdigest() == row.receipt_digest
        Version.objects.using(database).create(
            kind=KIND, submission_key=row.key, number=numbers.get(row.receipt_number, 1), receipt_number=row.receipt_number,
            digest=row.receipt_digest, content=text if is_same else '',
            submitted_at=row.submitted_at or row.updated_at, submitted_by_id=people.get(row.receipt_number),
        )


def submitters(apps, database):
    """Who submitted, by receipt number, from the event log; people who are gone are left out."""
    Event = apps.get_model('common', 'Event')
    User = apps.get_model('accounts', 'User')
    known = set(User.objects.using(database).values_list('pk', flat=True))
    events = Event.objects.using(database).filter(object_kind=KIND, action='submitted', user_id__in=known)
    return {details.get('receipt'): user for details, user in events.values_list('details', 'user_id')}


def numbers_by_receipt(apps, database):
    """The how-manieth submission of its text a receipt belongs to, from the event log."""
    Event = apps.get_model('common', 'Event')
    events = Event.objects.using(database).filter(object_kind=KIND, action='submitted').order_by('pk')
    counted, found = {}, {}
    for key, details in events.values_list('object_key', 'details'):
        counted[key] = counted.get(key, 0) + 1
        found[details.get('receipt')] = counted[key]
    return found


def refuse_to_lose_versions(versions):
    """The rows of before hold one receipt each: going back would throw the others away."""
    several = versions.filter(number__gt=1).values('submission_key').distinct().count()
    if several:
        raise RuntimeError(
            f'{several} texts were submitted more than once; going back would lose receipts. '
            'Restore a backup of before instead.'
        )


def give_receipts_back(apps, schema_editor):
    Intervention = apps.get_model('interventions', 'Intervention')
    Version = apps.get_model('submissions', 'SubmittedVersion')
    versions = Version.objects.using(schema_editor.connection.alias).filter(kind=KIND)
    refuse_to_lose_versions(versions)
    for version in versions.order_by('number'):
        Intervention.objects.using(schema_editor.connection.alias).filter(key=version.submission_key).update(
            receipt_number=version.receipt_number, receipt_digest=version.digest,
        )
    versions.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('interventions', '0002_choices_by_function'),
        ('submissions', '0001_submitted_versions'),
        ('common', '0001_initial'),
        ('accounts', '0001_initial'),
    ]

    operations = [
        # Going back, the receipts are in their rows before the old constraint asks for them.
        migrations.RemoveConstraint(model_name='intervention', name='intervention_submitted_is_complete'),
        migrations.AddConstraint(
            model_name='intervention',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('submitted_at__isnull', False), ('title__gt', '')), _connector='OR'), name='intervention_submitted_is_complete'),
        ),
        migrations.RunPython(keep_versions, give_receipts_back),
        migrations.RemoveConstraint(model_name='intervention', name='intervention_receipt'),
        migrations.RemoveField(model_name='intervention', name='receipt_number'),
        migrations.RemoveField(model_name='intervention', name='receipt_digest'),
    ]
