"""Publish, correct, withdraw: what the ledger keeps and what it forgets."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from portal.common.actors import system
from portal.common.digests import digest_of
from portal.common.events import history
from portal.publication import domain
from portal.publication.enums import RecordKind, RecordState, Relation, TranslationKind
from portal.publication.kinds import NotAllowListed
from portal.publication.models import Record, RecordLink, RecordTranslation, RecordVersion
from portal.publication.projections import Link, Projection, Translated
from portal.publication.signals import record_changed

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2025, 4, 1, 12, tzinfo=UTC)
ACTOR = system("tests")
QUESTION = str(uuid4())


def projection(**fields: object) -> Projection:
    values: dict[str, object] = {
        "kind": RecordKind.INTERVENTION,
        "source_key": uuid4(),
        "language": "es",
        "title": "Sábados de registro",
        "summary": "Las oficinas abren.",
        "year": 2025,
        "country": "MX",
        "type_code": "refugee_led",
        "texts": {"body": "canario", "recommendations": ["Abrir"]},
        "facts": {"form": "intervention"},
        "links": (Link(Relation.ANSWERS, QUESTION),),
        "translations": (Translated("en", "Registry Saturdays", {"body": "canary"}),),
    }
    return Projection(**(values | fields))


def test_publish_writes_record_version_links_and_translations(db: None) -> None:
    record = domain.publish(projection(), actor=ACTOR, now=NOW)
    version = record.versions.get()
    assert (record.state, record.version, record.published_at) == (RecordState.PUBLISHED, 1, NOW)
    assert (version.number, version.digest) == (1, digest_of(version.content))
    assert list(record.links.values_list("relation", "target")) == [("answers", QUESTION)]
    assert list(record.translations.values_list("language", "of_version", "kind")) == [("en", 1, "official")]


def test_publish_gives_each_record_a_permanent_number(db: None) -> None:
    first = domain.publish(projection(), actor=ACTOR, now=NOW)
    second = domain.publish(
        projection(kind=RecordKind.PLEDGE, texts={}, facts={}, links=(), translations=()),
        actor=ACTOR,
        now=NOW,
    )
    assert (first.public_id, second.public_id) == (f"I-{first.pk:05d}", f"P-{first.pk + 1:05d}")


def test_publish_same_content_again_changes_nothing(db: None) -> None:
    content = projection()
    domain.publish(content, actor=ACTOR, now=NOW)
    again = domain.publish(content, actor=ACTOR, now=LATER)
    assert (again.version, again.updated_at, RecordVersion.objects.count()) == (1, NOW, 1)


def test_correction_keeps_number_and_adds_a_version(db: None) -> None:
    content = projection()
    first = domain.publish(content, actor=ACTOR, now=NOW)
    second = domain.publish(replace(content, title="Domingos", links=()), actor=ACTOR, now=LATER)
    assert (second.pk, second.version, second.title) == (first.pk, 2, "Domingos")
    assert (second.published_at, second.updated_at) == (NOW, LATER)
    assert (second.versions.count(), second.links.count()) == (2, 0)
    assert [event.action for event in history("record", first.public_id)] == ["published", "corrected"]


@pytest.mark.parametrize(
    "fields",
    [
        {"texts": {"contact_person": "canary"}},
        {"facts": {"author": "canary"}},
        {"translations": (Translated("en", "T", {"evidence": "canary"}),)},
        {"links": (Link(Relation.FOLLOWS, "canary"),)},
    ],
)
def test_publish_refuses_what_the_allow_list_does_not_name(db: None, fields: dict[str, object]) -> None:
    with pytest.raises(NotAllowListed):
        domain.publish(projection(**fields), actor=ACTOR, now=NOW)
    assert Record.objects.count() == 0


def test_withdraw_leaves_number_and_dates_only(db: None) -> None:
    content = projection()
    record = domain.publish(content, actor=ACTOR, now=NOW)
    gone = domain.withdraw(RecordKind.INTERVENTION, content.source_key, actor=ACTOR, now=LATER)
    stored = Record.objects.values().get()
    assert gone == record
    assert (stored["published_at"], stored["withdrawn_at"]) == (NOW, LATER)
    assert [stored[name] for name in ("title", "summary", "country", "type_code", "texts", "facts")] == [
        "", "", "", "", {}, {},
    ]  # fmt: skip
    assert [model.objects.count() for model in (RecordVersion, RecordTranslation, RecordLink)] == [0, 0, 0]


def test_withdraw_of_what_was_never_public_does_nothing(db: None) -> None:
    assert domain.withdraw(RecordKind.PLEDGE, uuid4(), actor=ACTOR, now=NOW) is None


def test_withdraw_twice_keeps_the_first_date(db: None) -> None:
    content = projection()
    domain.publish(content, actor=ACTOR, now=NOW)
    domain.withdraw(content.kind, content.source_key, actor=ACTOR, now=NOW)
    assert domain.withdraw(content.kind, content.source_key, actor=ACTOR, now=LATER).withdrawn_at == NOW


def test_publish_after_withdrawal_takes_the_number_up_again(db: None) -> None:
    content = projection()
    first = domain.publish(content, actor=ACTOR, now=NOW)
    domain.withdraw(content.kind, content.source_key, actor=ACTOR, now=NOW)
    again = domain.publish(content, actor=ACTOR, now=LATER)
    assert (again.pk, again.version, again.withdrawn_at) == (first.pk, 2, None)
    assert [event.action for event in history("record", first.public_id)] == [
        "published",
        "withdrawn",
        "published",
    ]


def versions_of_translations(record: Record) -> dict[str, int]:
    return dict(record.translations.values_list("language", "of_version"))


def test_translation_left_alone_while_the_original_changed_becomes_stale(db: None) -> None:
    content = projection()
    domain.publish(content, actor=ACTOR, now=NOW)
    record = domain.publish(replace(content, texts={"body": "otro"}), actor=ACTOR, now=LATER)
    assert (record.version, versions_of_translations(record)) == (2, {"en": 1})
    record = domain.publish(replace(content, texts={"body": "otro"}, country="BR"), actor=ACTOR, now=LATER)
    assert (record.version, versions_of_translations(record)) == (3, {"en": 1})


def test_translation_stays_current_when_only_facts_changed(db: None) -> None:
    content = projection()
    domain.publish(content, actor=ACTOR, now=NOW)
    record = domain.publish(replace(content, country="BR"), actor=ACTOR, now=LATER)
    assert (record.version, versions_of_translations(record)) == (2, {"en": 2})


def test_translation_revised_with_its_original_is_current(db: None) -> None:
    content = projection()
    domain.publish(content, actor=ACTOR, now=NOW)
    revised = replace(content, title="Domingos", translations=(Translated("en", "Sundays", {"body": "b"}),))
    record = domain.publish(revised, actor=ACTOR, now=LATER)
    assert (record.version, versions_of_translations(record)) == (2, {"en": 2})


def test_correction_without_a_translation_removes_it(db: None) -> None:
    content = projection()
    domain.publish(content, actor=ACTOR, now=NOW)
    record = domain.publish(replace(content, translations=()), actor=ACTOR, now=LATER)
    assert versions_of_translations(record) == {}


def test_official_translation_replaces_a_machine_draft(db: None) -> None:
    content = projection(translations=())
    record = domain.publish(content, actor=ACTOR, now=NOW)
    for language in ("en", "pt"):
        record.translations.create(
            of_version=1, language=language, kind=TranslationKind.MACHINE, title="Draft"
        )
    official = (Translated("en", "Checked", {"body": "b"}),)
    record = domain.publish(replace(content, translations=official), actor=ACTOR, now=LATER)
    assert dict(record.translations.values_list("language", "kind")) == {"en": "official", "pt": "machine"}


def test_every_change_is_signalled_once(db: None) -> None:
    heard: list[tuple[object, ...]] = []

    def listen(sender: type[Record], *, signal: object, **told: object) -> None:
        heard.append(tuple(told.values()))

    content = projection()
    record_changed.connect(listen)
    try:
        domain.publish(content, actor=ACTOR, now=NOW)
        domain.publish(content, actor=ACTOR, now=NOW)
        domain.withdraw(content.kind, content.source_key, actor=ACTOR, now=NOW)
        domain.withdraw(content.kind, content.source_key, actor=ACTOR, now=NOW)
    finally:
        record_changed.disconnect(listen)
    told = (content.source_key, "intervention")
    assert heard == [(*told, "published", True), (*told, "withdrawn", False)]


def test_digest_ignores_the_order_of_keys() -> None:
    assert digest_of({"a": 1, "b": "ñ"}) == digest_of({"b": "ñ", "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})
