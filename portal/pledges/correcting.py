"""What a correction that waits changes of a public pledge, for who decides; its type names it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from portal.common.formatting import day
from portal.common.reviews import Content, Reader
from portal.pledges import public_facts
from portal.pledges.changes import changes
from portal.pledges.enums import PUBLIC_PARTY, PledgeKind
from portal.pledges.models import Pledge
from portal.pledges.page_parts import goal_rows
from portal.pledges.parts import Goal
from portal.pledges.projection import promise_of
from portal.pledges.public_targets import records_of_keys
from portal.pledges.queries import Linked, linked
from portal.pledges.sent import FIELDS, goal_in_words, sent
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import published, targets
from portal.submissions.differences import Compared, beside
from portal.submissions.states import STATES

# What has rows of its own: one for each day, and one for each thing that is said of a goal.
APART = frozenset({"starts_on", "ends_on", "goals", "change_reason"})
# The places in `goal_rows` of what no correction changes without a reason, by its name in `changes`.
WEIGHTY = {0: "baseline", 2: "target", 3: "due_on"}


def corrected(pledge: Pledge, reader: Reader) -> tuple[Compared, ...]:
    """Only what would change in public: what weighs, the reason, the rest; nothing where nothing is replaced.

    While it waits nobody edits the pledge: it is as it was submitted, with what parties and reports said
    since. Who decides reads nothing of what is being written.
    """
    states = STATES.waiting if reader.is_review else STATES.waiting | STATES.editable
    if pledge.decided_at is None or pledge.state not in states:
        return ()
    rows = published(RecordKind.PLEDGE).prefetch_related("links")
    record = rows.filter(source_key=pledge.key).first()
    return _rows(pledge, record, linked(pledge.pk), reader) if record else ()


def _rows(pledge: Pledge, record: Record, related: Linked, reader: Reader) -> tuple[Compared, ...]:
    promised = [row for row in _promised(pledge, record, related) if row.is_changed]
    heavy, light = ([row for row in promised if row.weighs is weighs] for weighs in (True, False))
    old, new = _as_sent(record), dict(sent(pledge, related)) | {"parties": _parties(related)}
    fields = [field for field in FIELDS if field.name not in APART]
    others = [row for row in beside(fields, old, new, reader) if row.is_changed]
    reason = Compared(_("Why it is changed"), "", pledge.change_reason, "", pledge.language)
    return (*heavy, *([reason] if pledge.change_reason else []), *light, *others)


def _promised(pledge: Pledge, record: Record, related: Linked) -> Iterator[Compared]:
    """Days and goals; those weigh that the public page will tell with the reason."""
    before, after = public_facts.promise_in(record.facts, record.texts), promise_of(pledge, related)
    told = {(row["what"], row["goal"]) for row in changes(before, after)}
    for what, label, old, new in (
        ("starts_on", _("First day"), before.starts_on, after.starts_on),
        ("ends_on", _("Last day"), before.ends_on, after.ends_on),
    ):
        yield Compared(label, day(old) if old else "", day(new) if new else "", weighs=(what, "") in told)
    languages = (record.language, pledge.language)
    now = {goal.key: goal for goal in after.goals}
    for goal in before.goals:
        yield from _goal(goal, now.pop(goal.key, None), languages, told)
    for goal in now.values():
        yield Compared(_("New goal"), "", goal_in_words(goal.as_json()), "", pledge.language)


def _goal(
    old: Goal, new: Goal | None, languages: tuple[str, str], told: set[tuple[str, str]]
) -> Iterator[Compared]:
    if new is None:
        yield Compared(_("Goal that was dropped"), old.statement, "", languages[0], weighs=True)
        return
    yield Compared(_("Goal"), old.statement, new.statement, *languages)
    for place, (before, after) in enumerate(zip(goal_rows(old, ""), goal_rows(new, ""), strict=True)):
        label = _("%(what)s: %(goal)s") % {"what": before["term"], "goal": new.statement}
        weighs = (WEIGHTY.get(place, ""), new.statement) in told
        yield Compared(label, str(before["value"]), str(after["value"]), weighs=weighs)


def _parties(related: Linked) -> list[list[str]]:
    return [[party.name, party.role] for party in related.parties if party.state in PUBLIC_PARTY]


def _as_sent(record: Record) -> Content:
    """What is public, by the names of what is submitted. Two queries at most."""
    facts = record.facts
    kind, amount = str(facts.get("pledge_kind") or ""), str(facts.get("amount") or "")
    told: dict[str, Any] = {
        "title": record.title,
        "language": record.language,
        "country": record.country,
        "description": record.texts.get("description", ""),
        "pledge_kind": "" if kind == PledgeKind.INDIVIDUAL else kind,
        "money": f"{amount} {facts.get('currency', '')}" if amount else "",
        "numbers": str(facts["numbers"]).split("; ") if facts.get("numbers") else (),
        "places": [[place.country, place.role] for place in public_facts.places_in(facts)],
        "parties": _public_parties(record),
        "part_of": next(iter(targets(record, Relation.PART_OF)), ""),
    }
    told |= {name: str(facts.get(name, "")) for name in ("external_id", "forum", "stage")}
    told |= {name: str(facts.get(name, "")).split() for name in ("contributions", "needs", "marks")}
    links = {
        "outcomes": Relation.SERVES,
        "actions": Relation.CARRIES_OUT,
        "recommendations": Relation.TAKES_UP,
        "interventions": Relation.FOLLOWS,
    }
    return told | {name: targets(record, relation) for name, relation in links.items()}


def _public_parties(record: Record) -> list[list[str]]:
    named = public_facts.parties_in(record.facts)
    keys = [party.organization for party in named if party.organization]
    known = records_of_keys(RecordKind.ORGANIZATION, keys)
    return [
        [known[str(party.organization)].title if party.organization else party.name, party.role]
        for party in named
        if not party.organization or str(party.organization) in known
    ]
