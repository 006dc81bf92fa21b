"""Proposals about the glossary in the admin: writing one, those that wait, deciding about one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import Actor, actor_of
from portal.common.collation import in_order
from portal.common.desk import form_view
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES, language_in_text
from portal.glossary import domain, queries, rules
from portal.glossary.differences import differences
from portal.glossary.evidence import examples
from portal.glossary.forms import ConceptForm, OriginForm, ReasonForm, RemovalForm
from portal.glossary.views import PAGE_SIZE, concept_or_404, frame, reader, spoken
from portal.taxonomy import queries as vocabulary
from portal.taxonomy.content import Content, content_of
from portal.taxonomy.enums import ProposalKind
from portal.taxonomy.models import Concept, GlossaryProposal


@require_safe
def proposal_list(request: HttpRequest) -> HttpResponse:
    actor = reader(request)
    form = OriginForm(request.GET)
    origin = form.cleaned_data["origin"] if form.is_valid() else ""
    page = Paginator(queries.waiting(origin), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(row, content_of(row.content), rules.is_own(actor, row)) for row in page]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "query": f"origin={origin}" if origin else "",
        **frame(_("Proposals")),
    }
    return render(request, "glossary/proposals.html", context)


@form_view
def new(request: HttpRequest) -> HttpResponse:
    return _edit(request, _proposer(request), None, None)


@form_view
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor, concept = _proposer(request), concept_or_404(pk)
    return _edit(request, actor, concept, queries.concept_content(concept))


@form_view
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Write another proposal in the place of one that waits, starting from what that one says."""
    actor, proposal = _proposer(request), _proposal(pk)
    if not proposal.is_waiting or proposal.kind == ProposalKind.REMOVE:
        messages.error(request, _("This proposal cannot be edited any more."))
        return redirect("glossary:proposal", pk=pk)
    content = content_of(proposal.content)
    concept = proposal.concept or queries.in_force(content.key)
    return _edit(request, actor, concept, content, proposal)


@form_view
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    actor, concept = _proposer(request), concept_or_404(pk)
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            proposal = domain.propose_removal(
                concept,
                revision=_revision(request),
                comment=form.cleaned_data["comment"],
                actor=actor,
                now=timezone.now(),
            )
        except WrongState as problem:
            form.add_error("comment", str(problem.message))
        else:
            return _proposed(request, proposal)
    title = queries.concept_content(concept).preferred(spoken())
    context = {
        "form": form,
        "concept": concept,
        **frame(_("Propose to remove"), (reverse("glossary:concept", args=[pk]), title), icon="bin"),
    }
    return render(request, "glossary/remove.html", context)


@require_safe
def proposal_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _decision_page(request, reader(request), _proposal(pk), ReasonForm())


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    actor, proposal = reader(request), _proposal(pk)
    try:
        domain.accept_proposal(proposal, actor=actor, now=timezone.now())
    except NotAllowed:
        messages.error(request, _("Somebody else has to decide about your proposal."))
    except Incomplete as refusal:
        for problem in refusal.problems:
            messages.error(request, _where(problem.field) + str(problem.message))
    except WrongState as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, _("“%(key)s” is accepted. Searches use it at once.") % {"key": proposal})
        return redirect("glossary:proposals")
    return redirect("glossary:proposal", pk=pk)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    actor, proposal, form = reader(request), _proposal(pk), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was decided: the reason needs your attention."))
        return _decision_page(request, actor, proposal, form)
    try:
        domain.decline_proposal(proposal, reason=form.cleaned_data["reason"], actor=actor, now=timezone.now())
    except NotAllowed:
        messages.error(request, _("Somebody else has to decide about your proposal."))
    except WrongState as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, _("“%(key)s” is declined.") % {"key": proposal})
        return redirect("glossary:proposals")
    return redirect("glossary:proposal", pk=pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor, proposal = reader(request), _proposal(pk)
    try:
        domain.withdraw_proposal(proposal, actor=actor, now=timezone.now())
    except NotAllowed:
        messages.error(request, _("Only the one who proposed it can take it back."))
    except WrongState as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, _("You took the proposal back."))
    return redirect("glossary:proposals")


def _proposer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not rules.can_propose(actor):
        raise PermissionDenied
    return actor


def _proposal(pk: int) -> GlossaryProposal:
    try:
        return queries.proposal(pk)
    except GlossaryProposal.DoesNotExist:
        raise Http404(str(pk)) from None


def _revision(request: HttpRequest) -> int:
    """Of the concept as the person has seen it."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _edit(
    request: HttpRequest,
    actor: Actor,
    concept: Concept | None,
    content: Content | None,
    replaces: GlossaryProposal | None = None,
) -> HttpResponse:
    concepts = [(key, each.preferred(spoken()) or key) for key, each in vocabulary.contents().items()]
    form = ConceptForm(
        request.POST if request.method == "POST" else None,
        content=content,
        concepts=in_order(concepts, lambda each: each[1]),
        is_new=concept is None,
    )
    homonyms: list[queries.Homonym] = []
    if request.method == "POST":
        if form.is_valid():
            homonyms = [] if form.cleaned_data["is_distinct"] else queries.homonyms(form.content())
            proposal = None if homonyms else _propose(request, actor, concept, form, replaces)
            if proposal is not None:
                return _proposed(request, proposal)
        if homonyms:
            form.ask_whether_distinct()
            messages.warning(request, _("Other concepts have the same words. Look at them first."))
        else:
            messages.error(request, _("Nothing was proposed: some fields need your attention."))
    context = {
        "form": form,
        "concept": concept,
        "revision": request.POST.get("revision", concept.revision if concept else 0),
        "homonyms": homonyms,
        **frame(_("Propose a change") if concept else _("Propose a concept"), icon="edit"),
    }
    return render(request, "glossary/edit.html", context)


def _propose(
    request: HttpRequest,
    actor: Actor,
    concept: Concept | None,
    form: ConceptForm,
    replaces: GlossaryProposal | None,
) -> GlossaryProposal | None:
    """None when the domain refuses; the form then says why."""
    content, comment, now = form.content(), form.cleaned_data["comment"], timezone.now()
    try:
        if concept is None:
            return domain.propose_concept(content, actor=actor, now=now, comment=comment, replaces=replaces)
        return domain.propose_change(
            concept,
            content,
            revision=_revision(request),
            actor=actor,
            now=now,
            comment=comment,
            replaces=replaces,
        )
    except Incomplete as refusal:
        form.add_problems(refusal.problems)
    except WrongState as problem:
        form.add_error(None, str(problem.message))
    return None


def _proposed(request: HttpRequest, proposal: GlossaryProposal) -> HttpResponse:
    messages.success(request, _("Proposed. Another editor decides about it."))
    return redirect("glossary:proposal", pk=proposal.pk)


def _decision_page(
    request: HttpRequest, actor: Actor, proposal: GlossaryProposal, form: ReasonForm
) -> HttpResponse:
    content, before = content_of(proposal.content), queries.before_of(proposal)
    is_waiting = proposal.is_waiting
    is_stale = is_waiting and queries.is_stale(proposal)
    now_in_force = _in_force(proposal, content) if is_stale else None
    is_removal = proposal.kind == ProposalKind.REMOVE
    context: dict[str, Any] = {
        "proposal": proposal,
        "differences": differences(before, None if is_removal else content),
        "is_stale": is_stale,
        "meanwhile": differences(before, now_in_force) if is_stale else [],
        "examples": examples(proposal, spoken()),
        "homonyms": queries.homonyms(content) if is_waiting and not is_removal else [],
        "may_decide": is_waiting and rules.can_decide(actor, proposal),
        "may_withdraw": is_waiting and rules.can_withdraw(actor, proposal),
        "may_revise": is_waiting and not is_removal and rules.can_propose(actor),
        "missing": [language_in_text(code) for code in CODES if is_waiting and not content.preferred(code)],
        "form": form,
        **frame(str(proposal), (reverse("glossary:proposals"), _("Proposals"))),
    }
    return render(request, "glossary/proposal.html", context)


def _in_force(proposal: GlossaryProposal, content: Content) -> Content | None:
    """What the glossary says now about the concept of a stale proposal."""
    concept = proposal.concept or queries.in_force(content.key)
    if concept is None or concept.removed_at is not None:
        return None
    return queries.concept_content(concept)


def _where(field: str) -> str:
    """The language a problem is about, for a message that stands at no field."""
    code = field.rpartition("_")[2]
    return f"{LANGUAGE_NAMES[code]}: " if code in LANGUAGE_NAMES else ""
