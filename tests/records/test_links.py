"""Links are kept to everything and read only while their target is public; the trace walks both ways."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.common.digests import digest_of
from portal.organizations.models import Organization
from portal.publication import domain
from portal.publication.enums import RecordKind
from portal.publication.models import Record, RecordLink, RecordVersion
from portal.records.checks import faults
from portal.records.organizations import ORGANIZATION
from portal.records.stages import Stage
from portal.records.trace import below, trace
from portal.records.types import record_type, record_types
from tests.factories import make_intervention, make_pledge, publish_intervention, publish_pledge
from tests.factories.pages import ConsultationTree

migration = import_module("portal.pledges.migrations.0006_every_source_is_linked")


def withdraw(kind: str, key: object) -> None:
    domain.withdraw(kind, key, actor=system("tests"), now=timezone.now())  # type: ignore[arg-type]


def test_the_key_of_what_is_not_public_is_nowhere(
    client: Client,
    organization: Organization,
    consultation_pages: ConsultationTree,
    tmp_path: object,
    settings: object,
) -> None:
    settings.SEARCH_URL, settings.SEARCH_DIR = "", tmp_path  # type: ignore[attr-defined]
    call_command("rebuild_index", verbosity=0)
    hidden = make_intervention(organization, questions=consultation_pages.questions)
    record = publish_pledge(make_pledge(organization, title="Promesa", interventions=[hidden.key]))
    call_command("drain_outbox", verbosity=0)
    author = record.organization.public_id
    places = [
        record.path("es"),
        record.organization.path("es"),
        "/es/pledges/",
        "/es/pledges/feed/",
        "/es/follow-up/",
        "/es/",
        *(f"/es/pledges/?format={form}" for form in ("csv", "json")),
        *(
            f"/api/v1/{path}"
            for path in ("pledges", f"pledges/{record.public_id}", f"organizations/{author}")
        ),
        *(f"/api/v1/trace/{each}" for each in (record.public_id, author, consultation_pages.questions[0])),
        "/api/v1/search?q=Promesa",
    ]
    for place in places:
        response = client.get(place)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert (place, response.status_code, str(hidden.key).encode() in content) == (place, 200, False)
    assert record.links.filter(relation="follows").get().target == str(hidden.key)
    assert str(hidden.key) not in json.dumps(list(RecordVersion.objects.values_list("content", flat=True)))


def test_a_link_shows_with_its_target_and_changes_no_version(
    client: Client, organization: Organization
) -> None:
    intervention = make_intervention(organization)
    pledge = make_pledge(organization, interventions=[intervention.key])
    record = publish_pledge(pledge)
    before = client.get(f"/api/v1/pledges/{record.public_id}").json()["versions"]

    def follows() -> list[str]:
        return [link.id for link in trace(record.public_id, "es").stages[Stage.INTERVENTION]]

    assert follows() == []
    source = publish_intervention(intervention)
    assert follows() == [source.public_id]
    assert [row.id for row in trace(source.public_id, "es").stages[Stage.PLEDGE]] == [record.public_id]
    withdraw(RecordKind.INTERVENTION, intervention.key)
    assert follows() == []
    assert client.get(f"/api/v1/pledges/{record.public_id}").json()["versions"] == before


def test_other_links_under_the_same_content_are_kept_without_a_version(organization: Organization) -> None:
    pledge = make_pledge(organization)
    record = publish_pledge(pledge)
    hidden = make_intervention(organization)
    pledge.sources.create(intervention_key=hidden.key)
    again = publish_pledge(pledge)
    assert (again.version, again.versions.count()) == (1, 1)
    assert [link.target for link in record.links.filter(relation="follows")] == [str(hidden.key)]
    assert below([(RecordKind.INTERVENTION, str(hidden.key))]) == [(RecordKind.PLEDGE, str(pledge.key))]


def test_migration_links_every_source_and_leaves_digests_alone(organization: Organization) -> None:
    public, hidden = make_intervention(organization), make_intervention(organization)
    publish_intervention(public)
    pledge = make_pledge(organization, interventions=[public.key, hidden.key])
    record = publish_pledge(pledge)
    RecordLink.objects.filter(target=str(hidden.key)).delete()
    make_pledge(organization, interventions=[hidden.key])
    before = list(RecordVersion.objects.order_by("pk").values())

    def follows() -> set[str]:
        return {link.target for link in RecordLink.objects.filter(relation="follows")}

    migration.link_every_source(apps, None)
    migration.link_every_source(apps, None)
    assert follows() == {str(public.key), str(hidden.key)}
    assert record.links.filter(relation="follows").count() == 2
    assert list(RecordVersion.objects.order_by("pk").values()) == before
    assert all(digest_of(row["content"]) == row["digest"] for row in before)
    migration.keep_public_targets(apps, None)
    assert follows() == {str(public.key)}


def test_declarations_that_meet_are_faults() -> None:
    declared = record_types()
    assert list(faults(declared)) == []
    assert [fault.id for fault in faults((*declared, ORGANIZATION))] == ["records.E001"] * 3
    backwards = record_type(RecordKind.INTERVENTION)
    assert [fault.id for fault in faults((backwards,))] == []
    assert [fault.id for fault in faults((record_type(RecordKind.PLEDGE),))] == ["records.E002"] * 2


def test_unknown_kind_is_an_error(db: None) -> None:
    with pytest.raises(LookupError):
        Record(kind="nonsense").path("es")
