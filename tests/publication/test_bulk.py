"""Many records at once are what publishing each of them leaves."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from portal.common.actors import system
from portal.common.models import Event
from portal.publication import domain
from portal.publication.bulk import publish_new
from portal.publication.enums import RecordKind, Relation
from portal.publication.kinds import NotAllowListed
from portal.publication.models import PublicChange, Record
from portal.publication.projections import Link, Projection, Translated
from portal.publication.signals import record_changed, records_changed
from tests.publication.test_domain import projection
from tests.thinning import rarely

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
ACTOR = system("tests")


def rows(number: int) -> list[Projection]:
    return [projection(title=f"Sábados {at}") for at in range(number)]


def said(record: Record) -> tuple[object, ...]:
    """All but the numbers and keys."""
    hidden = {"id", "source_key", "_state"}
    fields = {name: value for name, value in vars(record).items() if name not in hidden}
    versions = list(record.versions.values_list("number", "content", "digest", "published_at"))
    links = list(record.links.values_list("relation", "target", "position", "is_confirmed"))
    spoken = list(record.translations.values_list("of_version", "language", "kind", "title", "texts"))
    events = Event.objects.filter(object_kind="record", object_key=record.public_id)
    return fields, versions, links, spoken, list(events.values_list("action", "actor_name", "details", "at"))


def test_what_is_left_is_what_publishing_each_leaves(db: None) -> None:
    faces = rows(3)
    one_by_one = [said(domain.publish(face, actor=ACTOR, now=NOW)) for face in faces]
    Record.objects.all().delete()
    at_once = [
        said(Record.objects.get(pk=row.pk))
        for row in publish_new(RecordKind.INTERVENTION, faces, actor=ACTOR, now=NOW)
    ]
    assert at_once == one_by_one


def test_the_change_is_noted_once_and_told_once(db: None) -> None:
    heard: list[object] = []

    def listen(sender: type[Record], keys: object, kind: object, **kwargs: object) -> None:
        heard.append((keys, kind))

    faces, before = rows(2), PublicChange.objects.count()
    records_changed.connect(listen)
    try:
        publish_new(RecordKind.INTERVENTION, faces, actor=ACTOR, now=NOW)
        publish_new(RecordKind.INTERVENTION, [], actor=ACTOR, now=NOW)
    finally:
        records_changed.disconnect(listen)
    assert heard == [([face.source_key for face in faces], "intervention")]
    assert PublicChange.objects.count() == before + 1


def test_who_follows_one_signal_follows_the_other() -> None:
    """By the names under which receivers are connected; nothing hangs yet on what is published at first."""
    one, many = (
        {lookup[0] for lookup, *_others in signal.receivers} for signal in (record_changed, records_changed)
    )
    assert {"search", "conclusions"} <= one - {"reports", "followup", "attachments"} == many


@pytest.mark.parametrize("number", [rarely(1), 3])
def test_many_take_as_many_queries_as_one(
    db: None, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    own = {
        "kind": RecordKind.PLEDGE,
        "texts": {"description": "canario"},
        "facts": {},
        "links": (Link(Relation.SERVES, "integration"),),
        "translations": (Translated("en", "Saturdays", {"description": "canary"}),),
    }
    faces = [projection(**own) for _each in range(number)]
    with django_assert_num_queries(10):
        publish_new(RecordKind.PLEDGE, faces, actor=ACTOR, now=NOW)


def test_what_is_public_already_is_refused(db: None) -> None:
    [face] = rows(1)
    domain.publish(face, actor=ACTOR, now=NOW)
    with pytest.raises(IntegrityError):
        publish_new(RecordKind.INTERVENTION, [*rows(1), face], actor=ACTOR, now=NOW)


def test_a_field_that_is_not_declared_is_refused(db: None) -> None:
    with pytest.raises(NotAllowListed):
        publish_new(RecordKind.INTERVENTION, [projection(facts={"reason": "canary"})], actor=ACTOR, now=NOW)
    assert not Record.objects.exists()
