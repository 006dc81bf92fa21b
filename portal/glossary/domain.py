"""Writes of the glossary: proposals, and the decisions of a second person about them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, OutOfDate, Problem, WrongState
from portal.common.states import require_transition
from portal.glossary import queries, rules
from portal.taxonomy import queries as vocabulary
from portal.taxonomy.content import Content, content_of, cycle_in, problems_of
from portal.taxonomy.enums import PROPOSAL_TRANSITIONS, ProposalKind, ProposalOrigin, ProposalState
from portal.taxonomy.models import BroaderConcept, Concept, GlossaryProposal, Term

KIND = "glossary_proposal"


@transaction.atomic
def propose_concept(
    content: Content,
    *,
    actor: Actor,
    now: datetime,
    comment: str = "",
    replaces: GlossaryProposal | None = None,
    is_sheet: bool = False,
) -> GlossaryProposal:
    """Propose a concept that the glossary does not have; a removed one comes back under its key.

    What one sheet proposes together has been checked together: its broader concepts may be yet to come.
    """
    _require(rules.can_propose(actor))
    _require_complete(content, is_new=True, with_relations=not is_sheet)
    origin = ProposalOrigin.FILE if is_sheet else ProposalOrigin.PERSON
    proposal = _proposal(ProposalKind.ADD, content, None, actor, now, comment=comment, origin=origin)
    return _propose(proposal, actor=actor, now=now, replaces=replaces)


@transaction.atomic
def propose_change(
    concept: Concept,
    content: Content,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    comment: str = "",
    replaces: GlossaryProposal | None = None,
    is_sheet: bool = False,
) -> GlossaryProposal:
    """Propose what a concept should say. `revision` is what the person has seen; raises `OutOfDate`."""
    _require(rules.can_propose(actor))
    concept = _current(concept, revision)
    if content.key != concept.key:
        raise WrongState(_("A concept keeps its key."))
    _require_complete(content, is_new=False, with_relations=not is_sheet)
    if content == queries.concept_content(concept):
        raise WrongState(_("Nothing is different from what the glossary says."))
    origin = ProposalOrigin.FILE if is_sheet else ProposalOrigin.PERSON
    proposal = _proposal(ProposalKind.CHANGE, content, concept, actor, now, comment=comment, origin=origin)
    return _propose(proposal, actor=actor, now=now, replaces=replaces)


@transaction.atomic
def propose_removal(
    concept: Concept, *, revision: int, comment: str, actor: Actor, now: datetime
) -> GlossaryProposal:
    """Propose to take a concept out of the glossary, with the reason why."""
    _require(rules.can_propose(actor))
    if not comment.strip():
        raise Incomplete([Problem("comment", _("Say why."))])
    concept = _current(concept, revision)
    content = queries.concept_content(concept)
    proposal = _proposal(ProposalKind.REMOVE, content, concept, actor, now, comment=comment)
    return _propose(proposal, actor=actor, now=now, replaces=None)


@transaction.atomic
def suggest_concept(
    content: Content, *, evidence: Sequence[dict[str, Any]], score: float, actor: Actor, now: datetime
) -> GlossaryProposal:
    """Keep what was found in translations; languages may be missing until a person fills them."""
    _require(actor.is_system)
    proposal = _proposal(ProposalKind.ADD, content, None, actor, now, origin=ProposalOrigin.MINED)
    proposal.evidence, proposal.score = list(evidence), score
    return _propose(proposal, actor=actor, now=now, replaces=None)


@transaction.atomic
def forget_suggestion(proposal: GlossaryProposal, *, actor: Actor, now: datetime) -> None:
    """Delete a mined proposal that waits, because nothing public says it any more."""
    _require(actor.is_system)
    proposal = _locked(proposal)
    if proposal.origin != ProposalOrigin.MINED or not proposal.is_waiting:
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
    _log("forgotten", proposal, actor, now)
    proposal.delete()


def hold_glossary() -> None:
    """Two decisions at once are taken one after the other; each sees what the other did."""
    list(Concept.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def accept_proposal(
    proposal: GlossaryProposal, *, actor: Actor, now: datetime, reason: str = ""
) -> GlossaryProposal:
    """The second person agrees: the glossary changes at once. Raises `OutOfDate` for a stale proposal."""
    hold_glossary()
    proposal = _decidable(proposal, ProposalState.ACCEPTED, actor)
    if queries.is_stale(proposal):
        raise OutOfDate
    content = content_of(proposal.content)
    if proposal.kind != ProposalKind.REMOVE:
        _require_complete(content, is_new=proposal.kind == ProposalKind.ADD)
    proposal.concept = _apply(ProposalKind(proposal.kind), content, proposal.concept, now)
    _replace_broader(proposal.concept, content)
    return _decide(proposal, ProposalState.ACCEPTED, reason, actor, now)


@transaction.atomic
def decline_proposal(
    proposal: GlossaryProposal, *, reason: str, actor: Actor, now: datetime
) -> GlossaryProposal:
    """The second person does not agree and says why; a mined proposal never comes again."""
    if not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, so that the one who proposed it understands."))])
    proposal = _decidable(proposal, ProposalState.DECLINED, actor)
    return _decide(proposal, ProposalState.DECLINED, reason, actor, now)


@transaction.atomic
def withdraw_proposal(proposal: GlossaryProposal, *, actor: Actor, now: datetime) -> GlossaryProposal:
    """Who proposed takes it back."""
    proposal = _locked(proposal)
    _require(rules.can_withdraw(actor, proposal))
    require_transition(PROPOSAL_TRANSITIONS, proposal.state, ProposalState.WITHDRAWN)
    return _close(proposal, ProposalState.WITHDRAWN, actor, now)


@transaction.atomic
def take_in(contents: Sequence[Content], *, actor: Actor, now: datetime) -> list[GlossaryProposal]:
    """Put concepts into the glossary without a second person: an operator's command.

    They may name one another as broader, in any order. Raises `Incomplete`.
    """
    _require(rules.can_take_in(actor))
    hold_glossary()
    known = vocabulary.contents()
    problems = [problem for content in contents for problem in problems_of(content)]
    problems += [problem for _key, problem in relation_problems(contents, known)]
    if problems:
        raise Incomplete(problems)
    taken = [_taken_in(content, actor, now) for content in contents]
    for proposal, content in zip(taken, contents, strict=True):
        _replace_broader(proposal.concept, content)  # type: ignore[arg-type] # it has one now
    return taken


def _require(is_allowed: bool) -> None:
    if not is_allowed:
        raise NotAllowed


def relation_problems(contents: Sequence[Content], known: Mapping[str, Content]) -> list[tuple[str, Problem]]:
    """By key, the broader concepts that neither `known` nor these have, and ways that lead back. Pure."""
    after = {**known, **{content.key: content for content in contents}}
    above = {key: content.broader for key, content in after.items()}
    problems = []
    for content in contents:
        for key in (key for key in content.broader if key not in after):
            text = _("There is no concept with the key “%(key)s”.") % {"key": key}
            problems.append((content.key, Problem("broader", text)))
        if content.key not in content.broader and (way := cycle_in(above, content.key)):
            text = _("A concept cannot stand under itself: %(way)s.") % {"way": " → ".join(way)}
            problems.append((content.key, Problem("broader", text)))
    return problems


def _require_complete(content: Content, *, is_new: bool, with_relations: bool = True) -> None:
    """Raises `Incomplete` with what is wrong, by field."""
    problems = problems_of(content)
    if is_new and queries.in_force(content.key) is not None:
        problems.append(Problem("key", _("The glossary has a concept with this key.")))
    if with_relations and content.broader:
        problems += [problem for _key, problem in relation_problems([content], vocabulary.contents())]
    if problems:
        raise Incomplete(problems)


def _current(concept: Concept, revision: int) -> Concept:
    concept = Concept.objects.select_for_update().get(pk=concept.pk)
    if concept.removed_at is not None or concept.revision != revision:
        raise OutOfDate
    return concept


def _proposal(
    kind: ProposalKind,
    content: Content,
    concept: Concept | None,
    actor: Actor,
    now: datetime,
    *,
    comment: str = "",
    origin: ProposalOrigin = ProposalOrigin.PERSON,
) -> GlossaryProposal:
    return GlossaryProposal(
        kind=kind,
        origin=origin,
        concept=concept,
        base_revision=concept.revision if concept else 0,
        content=content.as_json(),
        before=queries.concept_content(concept).as_json() if concept else None,
        comment=comment.strip(),
        proposed_by_id=actor.user_id,
        proposed_at=now,
    )


def _propose(
    proposal: GlossaryProposal, *, actor: Actor, now: datetime, replaces: GlossaryProposal | None
) -> GlossaryProposal:
    """Save it; a proposal it takes the place of is closed, and its evidence goes over."""
    if replaces is not None:
        replaces = _locked(replaces)
        require_transition(PROPOSAL_TRANSITIONS, replaces.state, ProposalState.REPLACED)
        _close(replaces, ProposalState.REPLACED, actor, now)
        proposal.replaces, proposal.evidence = replaces, replaces.evidence
    proposal.save()
    _log("proposed", proposal, actor, now)
    return proposal


def _locked(proposal: GlossaryProposal) -> GlossaryProposal:
    return (
        GlossaryProposal.objects.select_for_update(of=("self",)).select_related("concept").get(pk=proposal.pk)
    )


def _decidable(proposal: GlossaryProposal, state: ProposalState, actor: Actor) -> GlossaryProposal:
    proposal = _locked(proposal)
    _require(rules.can_decide(actor, proposal))
    require_transition(PROPOSAL_TRANSITIONS, proposal.state, state)
    return proposal


def _decide(
    proposal: GlossaryProposal, state: ProposalState, reason: str, actor: Actor, now: datetime
) -> GlossaryProposal:
    proposal.reason = reason.strip()
    return _close(proposal, state, actor, now)


def _close(proposal: GlossaryProposal, state: ProposalState, actor: Actor, now: datetime) -> GlossaryProposal:
    """Who takes back or replaces what is their own decides nothing."""
    proposal.state, proposal.decided_at = state, now
    proposal.decided_by_id = None if rules.is_own(actor, proposal) else actor.user_id
    proposal.save()
    _log(state.value, proposal, actor, now)
    return proposal


def _log(action: str, proposal: GlossaryProposal, actor: Actor, now: datetime) -> None:
    details: dict[str, object] = {
        "kind": str(proposal.kind),
        "origin": str(proposal.origin),
        "concept": proposal.concept_id,
    }
    events.record(action, kind=KIND, key=proposal.pk, actor=actor, now=now, details=details)


def _taken_in(content: Content, actor: Actor, now: datetime) -> GlossaryProposal:
    concept = queries.in_force(content.key)
    kind = ProposalKind.ADD if concept is None else ProposalKind.CHANGE
    proposal = _proposal(kind, content, concept, actor, now, origin=ProposalOrigin.COMMAND)
    proposal.state, proposal.decided_at = ProposalState.ACCEPTED, now
    proposal.concept = _apply(kind, content, concept, now)
    proposal.save()
    _log("taken_in", proposal, actor, now)
    return proposal


def _apply(kind: ProposalKind, content: Content, concept: Concept | None, now: datetime) -> Concept:
    """Make the concept say it; what stands above it is set afterwards. Its signal tells search."""
    if concept is None:
        concept = Concept.objects.filter(key=content.key).first() or Concept(key=content.key, revision=0)
    concept.revision += 1
    concept.removed_at = now if kind == ProposalKind.REMOVE else None
    concept.notes = content.notes
    concept.save()
    if kind == ProposalKind.REMOVE:
        concept.narrower_links.all().delete()
    else:
        _replace_terms(concept, content)
    return concept


def _replace_broader(concept: Concept, content: Content) -> None:
    """None for a concept that is not in force any more."""
    concept.broader_links.all().delete()
    if concept.removed_at is None:
        rows = Concept.objects.filter(key__in=content.broader)
        BroaderConcept.objects.bulk_create(BroaderConcept(concept=concept, broader=row) for row in rows)


def _replace_terms(concept: Concept, content: Content) -> None:
    concept.terms.all().delete()
    Term.objects.bulk_create(
        Term(concept=concept, language=code, text=text, preferred=place == 0)
        for code, texts in content.terms.items()
        for place, text in enumerate(texts)
    )
