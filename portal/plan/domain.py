"""What the secretariat does with links from recommendations to actions, as verbs; desk views call them.

Who and when stands here and in the event log; readers see the ledger's link (ADR 21).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.plan import rules
from portal.plan.enums import NodeKind
from portal.plan.models import ActionLink, PlanNode
from portal.publication.domain import set_later_links
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record

KIND = "action_link"


@transaction.atomic
def assert_link(recommendation: Record, node: PlanNode, *, actor: Actor, now: datetime) -> ActionLink:
    """Say that a public recommendation leads to an action. Said again it changes nothing."""
    _require(rules.may_link(actor))
    _locked(recommendation)
    if node.kind != NodeKind.ACTION or node.is_retired:
        raise Incomplete([Problem("wanted", _("Only an action that is in force can be linked."))])
    link, is_new = ActionLink.objects.get_or_create(
        recommendation=recommendation.source_key,
        node=node,
        defaults={"asserted_by_id": actor.user_id, "asserted_at": now},
    )
    if is_new:
        _record("asserted", link, actor, now)
    return link


@transaction.atomic
def confirm_link(link: ActionLink, *, actor: Actor, now: datetime) -> ActionLink:
    """A second person says the same. Confirmed already: nothing changes."""
    link = ActionLink.objects.select_for_update().select_related("node").get(pk=link.pk)
    if link.is_confirmed:
        return link
    _require(rules.may_link(actor))
    if not rules.can_confirm(actor, link):
        raise WrongState(_("Somebody else has to confirm what you asserted."))
    link.confirmed_by_id, link.confirmed_at = actor.user_id, now
    link.save()
    _record("confirmed", link, actor, now)
    return link


@transaction.atomic
def remove_link(link: ActionLink, *, actor: Actor, now: datetime) -> None:
    """For what was a mistake; the event log keeps who said it and who took it back."""
    _require(rules.may_link(actor))
    link = ActionLink.objects.select_for_update().select_related("node").get(pk=link.pk)
    link.delete()
    _record("removed", link, actor, now)


def _locked(recommendation: Record) -> Record:
    record = Record.objects.select_for_update().get(pk=recommendation.pk)
    if record.kind != RecordKind.RECOMMENDATION or not record.is_published:
        raise WrongState(_("Only a recommendation that is public can be linked."))
    return record


def _record(action: str, link: ActionLink, actor: Actor, now: datetime) -> None:
    """In the event log, and in the ledger as all links of the recommendation stand now."""
    events.record(
        action, kind=KIND, key=link.recommendation, actor=actor, now=now, details={"node": link.node.key}
    )
    record = Record.objects.filter(kind=RecordKind.RECOMMENDATION, source_key=link.recommendation).first()
    if record is not None:
        rows = ActionLink.objects.filter(recommendation=link.recommendation).select_related("node")
        links = {row.node.key: row.is_confirmed for row in rows}
        set_later_links(record, Relation.LEADS_TO, links, actor=actor, now=now)


def _require(is_allowed: bool) -> None:
    if not is_allowed:
        raise NotAllowed("link recommendations to actions")
