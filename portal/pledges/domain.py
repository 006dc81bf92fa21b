"""What happens to a pledge besides writing and publishing it; reports, desk and moderation call it.

What all submissions have in common are verbs of `portal.submissions.domain`.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor, Group
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.plan.queries import exists
from portal.pledges.enums import PledgeKind, ReportedBy, ReportedStage, Voice
from portal.pledges.models import Pledge, PledgeLink
from portal.pledges.parts import Said
from portal.pledges.public_facts import links_as_fact, links_in
from portal.pledges.queries import umbrellas
from portal.pledges.rules import may_link
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.projections import Link
from portal.publication.queries import published, targets
from portal.submissions.forms import as_keys


@transaction.atomic
def note_report(
    pledge: Pledge, *, stage: str, reported_on: date, actor: Actor, now: datetime | None = None
) -> Pledge:
    """A report of the parties was published: stage and day of the pledge follow it, in row and ledger.

    Only these two become public: a correction that still waits stays where it is. A report of an earlier day
    than the last one known changes neither. Raises `WrongState` where the pledge is not public.
    """
    if not actor.has(Group.MODERATOR):
        raise NotAllowed("note a report")
    if stage not in ReportedStage.values:
        raise Incomplete([Problem("stage", _("Choose one of the list."))])
    moment = now or timezone.now()
    stored = Pledge.objects.select_for_update(of=("self",)).select_related("organization").get(pk=pledge.pk)
    if stored.reported_on is not None and reported_on < stored.reported_on:
        return stored
    stored.stage, stored.reported_on, stored.reported_by = stage, reported_on, ReportedBy.PARTIES
    stored.save(update_fields=["stage", "reported_on", "reported_by"])
    facts = {
        "stage": str(stage),
        "last_report_on": reported_on.isoformat(),
        "reported_by": ReportedBy.PARTIES.value,
    }
    if ledger.restate(stored.kind, stored.key, facts=facts, actor=actor, now=moment) is None:
        raise WrongState(_("Only what is published can be reported on."))
    details: dict[str, object] = {"stage": str(stage), "on": reported_on.isoformat()}
    events.record("reported", kind=stored.kind, key=stored.key, actor=actor, now=moment, details=details)
    return stored


@transaction.atomic
def forget_report(
    pledge: Pledge, *, stage: str, reported_on: date | None, reported_by: str, actor: Actor, now: datetime
) -> Pledge:
    """The newest report was withdrawn: the pledge says again what it said before, from row to ledger.

    Who may withdraw the report has been asked where it was withdrawn. A pledge that is not public any more
    keeps it for the day on which it is taken up again.
    """
    stored = Pledge.objects.select_for_update(of=("self",)).select_related("organization").get(pk=pledge.pk)
    stored.stage, stored.reported_on, stored.reported_by = stage, reported_on, reported_by
    stored.save(update_fields=["stage", "reported_on", "reported_by"])
    day = reported_on.isoformat() if reported_on else ""
    facts = {"stage": str(stage), "last_report_on": day, "reported_by": str(reported_by)}
    ledger.restate(stored.kind, stored.key, facts=facts, actor=actor, now=now)
    details: dict[str, object] = {"stage": str(stage), "on": day}
    events.record("report_withdrawn", kind=stored.kind, key=stored.key, actor=actor, now=now, details=details)
    return stored


@transaction.atomic
def link_by_secretariat(pledge: Pledge, *, relation: str, target: str, actor: Actor, now: datetime) -> Pledge:
    """The secretariat says that a public pledge carries out an action or is part of an umbrella pledge.

    It is public at once as the secretariat's word. A link that is public already, whoever says so, changes
    nothing. Raises `Incomplete` for what cannot be linked.
    """
    if not may_link(actor):
        raise NotAllowed("link a pledge")
    stored = Pledge.objects.select_for_update(of=("self",)).get(pk=pledge.pk)
    record = published(RecordKind.PLEDGE).filter(source_key=stored.key).prefetch_related("links").first()
    if record is None:
        raise WrongState(_("Only what is published can be linked."))
    if relation == Relation.PART_OF:
        target = next(map(str, as_keys([target])), "")
    if target in targets(record, relation):
        return stored
    if relation == Relation.CARRIES_OUT and exists([target]):
        facts = _say_action(stored, record, target, now)
    elif relation == Relation.PART_OF:
        facts = _say_umbrella(stored, record, target)
    else:
        raise Incomplete([Problem("target", _("Choose one of the list."))])
    link = Link(relation, target)
    ledger.restate(
        stored.kind, stored.key, facts=facts, links=lambda links: (*links, link), actor=actor, now=now
    )
    details: dict[str, object] = {"relation": relation, "target": target}
    events.record("linked", kind=stored.kind, key=stored.key, actor=actor, now=now, details=details)
    return stored


def _say_action(stored: Pledge, record: Record, target: str, now: datetime) -> dict[str, str]:
    """What only a correction says becomes the secretariat's word, which the parties then confirm."""
    said = {"asserted_by": Voice.SECRETARIAT, "asserted_at": now}
    row, is_new = PledgeLink.objects.get_or_create(
        pledge=stored, relation=Relation.CARRIES_OUT, target=target, defaults=said
    )
    if not is_new and row.asserted_by != Voice.SECRETARIAT:
        row.confirmed_by, row.confirmed_at = row.asserted_by, row.asserted_at
        row.asserted_by, row.asserted_at = Voice.SECRETARIAT, now
        row.save()
    own = Said(Relation.CARRIES_OUT, target, Voice.SECRETARIAT)
    return {"said": links_as_fact([*links_in(record.facts), own])}


def _say_umbrella(stored: Pledge, record: Record, target: str) -> dict[str, str]:
    """One that a correction has chosen meanwhile stays with the correction."""
    umbrella = umbrellas().filter(key=target).exclude(pk=stored.pk).first() if target else None
    is_umbrella = record.facts.get("pledge_kind") == PledgeKind.UMBRELLA
    if umbrella is None or is_umbrella or targets(record, Relation.PART_OF):
        raise Incomplete([Problem("target", _("Choose one of the list."))])
    if stored.part_of_id is None:
        stored.part_of = umbrella
        stored.save(update_fields=["part_of"])
    return {}
