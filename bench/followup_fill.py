"""Assessments and observations as copies of the demo's, on the pledges there are; `portal_fill` calls it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any

from django.utils import timezone

from bench import pledges_fill

COMPLETIONS = ("complete", "substantial", "limited", "not_started", "no_evidence")
# Published over so many days, so that some can still be replied to.
DAYS = 1000
# The first of four pledges in three are assessed, some of them twice.
ASSESSED = 3, 4


def fill(assessments: int, observations: int) -> None:
    """Brings them to these numbers; what each pledge says of its assessments is written anew."""
    from portal.publication.enums import RecordKind
    from portal.publication.figures import note_change

    pledges_fill.store(list(_assessments(assessments - pledges_fill.number_of(RecordKind.ASSESSMENT))))
    pledges_fill.store(list(_observations(observations - pledges_fill.number_of(RecordKind.OBSERVATION))))
    _tell_pledges()
    note_change()


def _assessments(number: int) -> Iterator[tuple[Any, list[Any]]]:
    """Of the first pledges or, like its source, of an action; by the body of the source."""
    from portal.publication.enums import RecordKind

    part, of_all = ASSESSED
    pledges = _pledges()[: max(1, number * part // of_all)]
    reports = _reports()
    sources = pledges_fill.sources_of(RecordKind.ASSESSMENT)
    for at, source in zip(range(max(0, number)), cycle(sources), strict=False):
        copy, links = pledges_fill.copy_of(source, at, {"completion": COMPLETIONS[at % len(COMPLETIONS)]})
        copy.published_at = copy.updated_at = timezone.now() - timedelta(days=at % DAYS, minutes=at)
        if source.facts.get("subject") != "action":
            links = _on(copy, pledges[at % len(pledges)], reports)
        yield copy, links


def _on(copy: Any, pledge: Any, reports: dict[str, list[str]]) -> list[Any]:
    """The links of an assessment of this pledge, or of its first goal where the source is of one."""
    from portal.pledges.public_facts import goals_in
    from portal.publication.enums import Relation
    from portal.publication.models import RecordLink

    goals = goals_in(pledge.facts, {}) if copy.facts.pop("goal", "") else []
    copy.facts |= {"pledge": pledge.public_id, **({"goal": str(goals[0].key)} if goals else {})}
    copy.facts["subject"] = "goal" if goals else "pledge"
    key = str(pledge.source_key)
    targets = [(Relation.ASSESSES, key), *((Relation.WEIGHS, report) for report in reports[key])]
    return [
        RecordLink(record=copy, relation=relation, target=target, position=at)
        for at, (relation, target) in enumerate(targets)
    ]


def _observations(number: int) -> Iterator[tuple[Any, list[Any]]]:
    """Of one pledge after another."""
    from portal.publication.enums import RecordKind, Relation
    from portal.publication.models import RecordLink

    sources = pledges_fill.sources_of(RecordKind.OBSERVATION)
    pledges = _pledges()
    for at, source in zip(range(max(0, number)), cycle(sources), strict=False):
        pledge = pledges[at % len(pledges)]
        facts = {"subject": pledge.public_id, "subject_kind": "pledge"}
        copy, _links = pledges_fill.copy_of(source, at, facts)
        copy.facts.pop("action", None)
        yield copy, [RecordLink(record=copy, relation=Relation.OBSERVES, target=str(pledge.source_key))]


def _tell_pledges() -> None:
    from portal.publication.models import Record

    told = _told_by_pledge()
    changed = _pledges()
    for pledge in changed:
        fact = {"assessed": told[pledge.public_id]} if pledge.public_id in told else {}
        pledge.facts = {name: value for name, value in pledge.facts.items() if name != "assessed"} | fact
    Record.objects.bulk_update(changed, ["facts"], batch_size=pledges_fill.BATCH)


def _told_by_pledge() -> dict[str, str]:
    """The fact of each pledge that was assessed, by its number; the newest assessment first."""
    from portal.pledges.assessed import assessed_as_fact
    from portal.publication.enums import RecordKind
    from portal.publication.models import Record

    rows = Record.objects.filter(kind=RecordKind.ASSESSMENT, state="published")
    told: dict[str, list[Any]] = defaultdict(list)
    for row in rows.order_by("-published_at", "-pk").defer("texts"):
        if pledge := row.facts.get("pledge", ""):
            told[pledge].append(_assessed(row))
    return {pledge: assessed_as_fact(each) for pledge, each in told.items()}


def _assessed(row: Any) -> Any:
    from portal.pledges.assessed import Assessed

    said = {name: str(row.facts[name]) for name in ("body", "voice", "completion", "basis")}
    day = row.published_at.date().isoformat()
    return Assessed(row.public_id, on=day, goal=str(row.facts.get("goal", "")), **said)


def _pledges() -> list[Any]:
    from portal.publication.enums import RecordKind
    from portal.publication.models import Record

    rows = Record.objects.filter(kind=RecordKind.PLEDGE, state="published").order_by("pk")
    return list(rows.only("pk", "kind", "source_key", "facts"))


def _reports() -> dict[str, list[str]]:
    """Keys of the reports by the key of their pledge."""
    from portal.publication.enums import Relation
    from portal.publication.models import RecordLink

    rows: Iterable[tuple[str, Any]] = RecordLink.objects.filter(
        relation=Relation.REPORTS_ON, record__state="published"
    ).values_list("target", "record__source_key")
    reports: dict[str, list[str]] = defaultdict(list)
    for target, key in rows:
        reports[target].append(str(key))
    return reports
