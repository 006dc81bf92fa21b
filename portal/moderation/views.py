"""The page of one thing in the queue; one address for each decision."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, name_forms
from portal.common.errors import NotAllowed, OutOfDate, WrongState
from portal.common.languages import DEFAULT
from portal.common.reviews import DecisionType, Reader, ReviewType, Row, review_blocks
from portal.moderation import beside, domain, queries, rules
from portal.moderation.amendments import ways_to_amend
from portal.moderation.due import due_on
from portal.moderation.forms import ReasonForm, readmit_form, reason_form
from portal.moderation.keys import keys_of
from portal.moderation.reading import Dossier, dossier_of
from portal.moderation.redaction import Marked, marked
from portal.moderation.whereabouts import whereabouts, who_can
from portal.submissions.models import Measure
from portal.submissions.redress.redacting import texts_that_may_be_cut
from portal.submissions.redress.rules import can_redact
from portal.submissions.types import SubmissionType


@desk_view
@require_safe
def subject_page(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    return page(request, *beside.readable(request, kind, key))


@desk_view
@require_POST
def decide(request: HttpRequest, kind: str, key: UUID, action: str) -> HttpResponse:
    """One decision. A reason that is missing is asked for on the same page, with what was typed.

    A refusal rises where a reason was typed: the page of the refusal gives it back (`common.typed`).
    """
    of, subject = beside.readable(request, kind, key)
    chosen, reason, forms = of.decision(action), "", {}
    onwards = beside.after_deciding(request, of, key)
    if chosen is None:
        raise Http404(action)
    if chosen.needs_reason:
        form = reason_form(chosen, request.POST)
        if not form.is_valid():
            messages.error(request, _("Nothing was decided: the reason needs your attention."))
            return page(request, of, subject, {chosen.code: form})
        reason, forms = form.cleaned_data["reason"], {chosen.code: form}
    given = {"reason": reason, "seen": request.POST.get("seen", ""), "ground": request.POST.get("ground", "")}
    try:
        domain.decide(kind, key, action, **given, actor=actor_of(request), now=timezone.now())
    except OutOfDate as changed:
        return _as_it_is_now(request, *beside.readable(request, kind, key), forms, changed)
    except NotAllowed:
        if reason:
            raise
        messages.error(request, rules.refusal(actor_of(request), of, subject))
    except WrongState as problem:
        if reason:
            raise
        messages.error(request, str(problem.message))
        return redirect(beside.address_of(request, kind, key))
    else:
        told = {"title": beside.called(of, subject), "decision": str(chosen.label).lower()}
        messages.success(request, _("%(title)s: %(decision)s.") % told)
    return redirect(onwards)


@desk_view
@require_POST
def take(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """Look after it from now on."""
    return _assign(request, kind, key, domain.take)


@desk_view
@require_POST
def give_back(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    return _assign(request, kind, key, domain.give_back)


def _assign(request: HttpRequest, kind: str, key: UUID, verb: Callable[..., object]) -> HttpResponse:
    beside.readable(request, kind, key)
    try:
        verb(kind, key, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    return redirect(beside.address_of(request, kind, key))


def _as_it_is_now(
    request: HttpRequest, of: ReviewType, subject: Row, forms: dict[str, ReasonForm], changed: OutOfDate
) -> HttpResponse:
    """With the reason that was typed; raises the refusal where no form is left to hold it."""
    if forms and subject.state not in of.states.waiting:
        raise changed
    messages.error(request, str(changed.message))
    return page(request, of, subject, forms)


def page(
    request: HttpRequest,
    of: ReviewType,
    subject: Row,
    forms: dict[str, ReasonForm] | None = None,
    readmitting: Mapping[UUID, ReasonForm] | None = None,
    **more: object,
) -> HttpResponse:
    """`forms` are those that were typed into, by the code of their decision, `readmitting` those about words
    that were left out before, by the key of the measure; `more` goes into the context.
    """
    actor, dossier = actor_of(request), dossier_of(of, subject, get_language() or DEFAULT)
    may_review, typed, readmitting = rules.may_review(actor, of, subject), forms or {}, readmitting or {}
    offered = of.offered(actor, subject) if may_review else []
    buttons = _buttons(offered, of, subject, typed, dossier.language)
    cuts = _cuts(of, subject, actor) if may_review and dossier.was_redacted else None
    repeats = _repeats(cuts, readmitting)
    buttons_called = {each["url"]: str(each["decision"].button) for each in buttons}
    name_forms(request, buttons_called | {str(each["may"]): _("They may be public now") for each in repeats})
    context = {
        "dossier": dossier,
        "form": next(iter([*typed.values(), *readmitting.values()]), None),
        "cuts": cuts,
        "repeats": repeats,
        "buttons": buttons,
        "crumbs": _crumbs(dossier, beside.queue_address(request)),
        **_state_of(of, subject, actor, may_review=may_review),
        **beside.context_of(request, of, subject),
        **more,
    }
    return render(request, "moderation/subject.html", context)


def _state_of(of: ReviewType, subject: Row, actor: Actor, *, may_review: bool) -> dict[str, Any]:
    """Where it is, who looks after it, and what this person may do beside deciding."""
    is_waiting = subject.state in of.states.waiting
    return {
        "of": of,
        "subject": subject,
        "is_waiting": is_waiting,
        "seen": queries.mark_of(of, subject),
        "state": of.states[subject.state],
        "state_label": of.state_label(subject),
        "may_review": may_review,
        "refusal": "" if may_review else rules.refusal(actor, of, subject),
        "who_can": who_can(of, subject) if is_waiting and not may_review else [],
        "whereabouts": whereabouts(actor, of, subject, get_language() or DEFAULT),
        "owner": queries.assignments_of(of.kind, subject.key).first(),
        "me": actor.user_id,
        "due": _due(of, subject) if is_waiting else None,
        "today": timezone.now().date(),
        "decisions": queries.decisions_about(of, subject),
        "blocks": _blocks(of, subject, actor),
        "redaction": _redaction(of, subject) if may_review else "",
        "amending": ways_to_amend(actor, of, subject),
    }


def _cuts(of: ReviewType, subject: Row, actor: Actor) -> Marked | None:
    """What was left out of it before, while it waits."""
    if not isinstance(of, SubmissionType) or subject.state not in of.states.waiting:
        return None
    return marked(of, subject, actor)


def _repeats(cuts: Marked | None, typed: Mapping[UUID, ReasonForm]) -> list[dict[str, Any]]:
    """What was left out before and stands again, each with its two buttons."""
    if cuts is None:
        return []
    return [
        {
            "repeat": each,
            "again": _cut_address("again", each.measure),
            "may": _cut_address("readmit", each.measure),
            "form": typed.get(each.measure.key) or readmit_form(each.measure),
        }
        for each in cuts.again
    ]


def _cut_address(name: str, measure: Measure) -> str:
    return reverse(f"moderation:{name}", args=[measure.kind, measure.submission_key, measure.key])


def _due(of: ReviewType, subject: Row) -> date | None:
    return due_on(subject.submitted_at.date(), of.working_days) if subject.submitted_at else None


def _redaction(of: ReviewType, subject: Row) -> str:
    """Where passages of it are left out; empty for what has no texts of its own in public."""
    is_text = isinstance(of, SubmissionType) and bool(texts_that_may_be_cut(of)) and can_redact(subject)
    return reverse("moderation:redaction", args=[of.kind, subject.key]) if is_text else ""


def _blocks(of: ReviewType, subject: Row, actor: Actor) -> list[dict[str, Any]]:
    reader = Reader(get_language() or DEFAULT, is_review=True)
    return [
        {"template": block.template, "context": block.context(subject, actor, reader)}
        for block in review_blocks(of.kind)
    ]


def _buttons(
    offered: Sequence[DecisionType], of: ReviewType, subject: Row, forms: dict[str, ReasonForm], language: str
) -> list[dict[str, Any]]:
    typed = {code: form.data for code, form in forms.items()}
    return [
        {
            "url": reverse("moderation:decide", args=[of.kind, subject.key, row.code]),
            "decision": row,
            "key": key,
            "form": reason_form(row, typed.get(row.code), language=language) if row.needs_reason else None,
        }
        for row, key in zip(offered, keys_of(offered), strict=True)
    ]


def _crumbs(dossier: Dossier, queue: str) -> list[dict[str, str]]:
    desk, last = crumbs_to(dossier.title, dossier.language)
    return [desk, {"title": _("Moderation"), "url": queue}, last]
