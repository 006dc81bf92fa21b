"""What the apps say they hold of people is all there is: a new column that may hold somebody fails here."""

import re
from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from portal.accounts.rights.words import COLUMNS
from portal.common.personal import Erasure, personal_data

# Columns whose names or kinds might hold a person, and why they hold none.
NO_PERSON = {
    name: why
    for why, names in {
        "of an organization or body": (
            "organizations.Organization.alias_years",
            "organizations.Organization.aliases",
            "organizations.Organization.countries",
            "organizations.Organization.languages",
            "organizations.Organization.names",
            "organizations.Merge.left",
            "organizations.Merge.moved",
            "organizations.Merge.names",
            "organizations.Organization.imported",
            "pledges.PledgeParty.name",
            "consultations.ConsultationBody.name",
            "networks.Project.funders",
            "opendata.OpenDataSettings.contact",
        ),
        "who spoke in public, as the secretariat published it; corrected where it stands": (
            "consultations.SessionSpeaker.name",
            "conclusions.ParticipantText.names",
        ),
        "the public register, which takes in declared columns alone": (
            "publication.Record.facts",
            "publication.Record.texts",
            "publication.RecordTranslation.made_by",
            "publication.RecordTranslation.texts",
            "publication.RecordVersion.amended",
            "publication.RecordVersion.content",
            "submissions.Amendment.changes",
            "submissions.Measure.kept",
            "conclusions.Evidence.hidden",
            "dossiers.Item.hidden",
            "conclusions.PublicConclusions.content",
            "conclusions.PublicConclusions.headings",
            "conclusions.PublicDisposition.translations",
        ),
        "codes, figures and texts of organizations": (
            "conclusions.Disposition.translations",
            "conclusions.Objection.disputed",
            "conclusions.RecommendationFacts.marks",
            "followup.Reminder.pledges",
            "followup.ReviewCycle.figures",
            "followup.ReviewCycle.turnout",
            "interventions.Intervention.marks",
            "interventions.Intervention.wholes",
            "interventions.Intervention.translations",
            "library.LibraryIntake.about",
            "library.LibraryPassage.forms",
            "networks.Network.themes",
            "networks.Network.words",
            "networks.Project.countries",
            "networks.Project.nodes",
            "pledges.HeadingChoice.named",
            "pledges.ImportedRow.cells",
            "pledges.Pledge.contributions",
            "pledges.Pledge.last_public",
            "pledges.Pledge.marks",
            "pledges.Pledge.needs",
            "pledges.Pledge.reported_by",
            "pledges.PledgeGoal.disaggregations",
            "pledges.PledgeLink.asserted_by",
            "pledges.PledgeLink.confirmed_by",
            "pledges.PledgePair.digests",
            "pledges.PledgePair.signals",
            "pledges.PledgeTable.head",
            "pledges.PledgeTable.named",
            "pledges.PledgeTable.outcome",
            "pledges.PledgeTable.report",
            "practices.Practice.countries",
            "practices.Practice.marks",
            "practices.Practice.wholes",
            "reports.Report.said_before",
        ),
        "terms, vocabularies and the portal's own names": (
            "auth.Group.name",
            "auth.Permission.name",
            "search.Generation.name",
            "taggit.Tag.name",
            "taxonomy.Concept.notes",
            "taxonomy.CrossCuttingMark.name",
            "taxonomy.GlossaryProposal.before",
            "taxonomy.GlossaryProposal.content",
            "taxonomy.GlossaryProposal.evidence",
            "taxonomy.OrganizationType.name",
            "wagtailcore.Collection.name",
            "wagtailcore.Task.name",
            "wagtailcore.Workflow.name",
            "wagtailembeds.Embed.author_name",
            "work.ScheduledTime.name",
            "work.Worker.name",
        ),
        "times, keyed by a digest": ("accounts.Tries.times",),
        "the key of an account in words, or what the portal calls itself": ("search.Comparison.asked_by",),
    }.items()
    for name in names
}
SUSPECT = re.compile(
    r"^(name|names|email|e_?mail|phone|address|contact|whom|speaker|author_name|actor_name|asked_by|.*_by)$"
)


def suspects() -> Iterator[str]:
    """Keys of accounts, addresses, names, and JSON of whatever shape."""
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.local_fields:
            if column.model is model and _is_suspect(column):
                yield f"{model._meta.label}.{column.name}"


def _is_suspect(column: models.Field) -> bool:  # type: ignore[type-arg]
    if column.is_relation:
        return column.related_model is get_user_model()
    if isinstance(column, models.EmailField | models.JSONField):
        return True
    return isinstance(column, models.CharField | models.TextField) and bool(SUSPECT.match(column.name))


def declared() -> set[str]:
    return {f"{held.table._meta.label}.{name}" for held in personal_data() for name in held.columns}


def test_all_that_may_hold_a_person_is_declared_or_said_to_hold_none() -> None:
    told = set(suspects())
    assert sorted(told - declared() - NO_PERSON.keys()) == []
    assert sorted(NO_PERSON.keys() - told) == []
    assert sorted(NO_PERSON.keys() & declared()) == []


def test_no_column_leads_to_a_person_twice() -> None:
    by = Counter((held.model, name) for held in personal_data() for name in held.by)
    assert [each for each, times in by.items() if times > 1] == []


def test_every_declared_column_is_there() -> None:
    for held in personal_data():
        assert held.by or held.rows, held
        for name in held.columns:
            held.column(name)


def test_nothing_is_called_by_its_name_in_the_code() -> None:
    """A column that has no name of its own has one in `words.COLUMNS`."""
    unnamed = {
        f"{held.model}.{name}"
        for held in personal_data()
        for name in held.shown
        if str(held.column(name).verbose_name) == name.replace("_", " ") and "_" in name
        if name not in COLUMNS
    }
    assert unnamed == set()


def test_what_stays_says_why_and_no_key_keeps_an_account() -> None:
    for held in personal_data():
        assert bool(held.why) == (held.at_erasure == Erasure.KEEP), held
    protecting = [
        f"{each.related_model._meta.label}.{each.field.name}"
        for each in get_user_model()._meta.related_objects
        if each.on_delete in (models.PROTECT, models.RESTRICT)
    ]
    assert protecting == []


def test_nothing_is_declared_twice() -> None:
    told = Counter((held.model, held.by, held.at_erasure) for held in personal_data() if held.by)
    assert [each for each, number in told.items() if number > 1] == []
