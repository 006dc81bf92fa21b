"""The desk's pages of a joint statement's signatures, and of networks with which a draft is shared."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view
from portal.common.errors import Incomplete
from portal.common.formatting import moment
from portal.common.languages import DEFAULT
from portal.desk.submissions.progress import linked_problems
from portal.desk.submissions.views import standing, visible
from portal.joint import domain, rules, sharing
from portal.joint.enums import TONES, SignatureState
from portal.joint.models import DraftShare, Signature
from portal.joint.queries import counts, signatures_of, statement_of, text_digest
from portal.networks.models import Network
from portal.submissions.deadline_words import all_told
from portal.submissions.models import Submission
from portal.submissions.queries import role_for
from portal.submissions.rules import may_speak_for
from portal.submissions.states import SUBMITTABLE
from portal.submissions.types import SubmissionType


@desk_view
@require_safe
def signing(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """Who is invited, what each has said, and asking or changing the text."""
    return _signing_page(request, of, _own(request, of, key))


@desk_view
@require_POST
def ask(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """Freezes the text and asks everybody; what is missing is told with links."""
    draft = _own(request, of, key)
    try:
        number = domain.open_for_signing(draft, actor=actor_of(request), now=timezone.now())
    except Incomplete as refusal:
        return _signing_page(request, of, draft, linked_problems(of, draft, refusal.problems))
    told = ngettext(
        "%(number)s organization is asked to sign. The text cannot be changed meanwhile.",
        "%(number)s organizations are asked to sign. The text cannot be changed meanwhile.",
        number,
    )
    messages.success(request, told % {"number": number})
    return redirect(of.address("signing", key))


@desk_view
@form_view
def change(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """Asks once before all signatures are void."""
    draft, actor = _own(request, of, key), actor_of(request)
    if request.method == "POST":
        domain.open_for_changes(draft, actor=actor, now=timezone.now())
        messages.success(request, _("Open for changes. Who had signed is told that the signature is void."))
        return redirect(of.address("detail", key))
    if not rules.can_reopen(actor, draft):
        return redirect(of.address("signing", key))
    signed = [row.organization.name for row in signatures_of(draft) if row.state == SignatureState.SIGNED]
    void = _("These signatures become void, and each organization is told by mail: %(names)s.")
    context = {
        "crumbs": _crumbs(draft),
        "heading": _("Open “%(title)s” for changes?") % {"title": draft},
        "text": [
            void % {"names": "; ".join(signed)} if signed else _("Nobody has signed yet."),
            _("Once you have changed it, you ask all of them again."),
        ],
        "action": _("Open it for changes"),
        "back": of.address("signing", key),
    }
    return render(request, "desk/confirm.html", context)


def _signing_page(
    request: HttpRequest, of: SubmissionType, draft: Any, problems: list[dict[str, str]] | None = None
) -> HttpResponse:
    actor, statement = actor_of(request), statement_of(draft)
    network = statement.network if statement else None
    signatures = signatures_of(draft)
    rows = [_line(row) for row in signatures]
    can_reopen = rules.can_reopen(actor, draft)
    is_signed = draft.is_editable and _all_signed(of, draft, signatures)
    context = {
        **standing(of, draft),
        "deadlines": all_told(of.deadlines_of(draft, timezone.now())) if draft.state in SUBMITTABLE else [],
        "is_signed": is_signed,
        "crumbs": _crumbs(draft),
        "problems": problems or [],
        "network": network.name(get_language() or DEFAULT) if network else "",
        "rows": rows,
        "told": _counted(rows) if rows else "",
        "may_speak": may_speak_for(actor, draft),
        "can_open": rules.can_open(actor, draft) and bool(rows) and not is_signed,
        "change": of.address("change_signed", draft.key) if can_reopen else "",
        "choose": of.address("signatories", draft.key) if draft.is_editable else "",
        "check": of.address("check", draft.key) if can_reopen or is_signed else "",
        "ask": of.address("ask_to_sign", draft.key),
        "back": of.address("detail", draft.key),
    }
    return render(request, "desk/submissions/signing.html", context)


def _all_signed(of: SubmissionType, draft: Any, rows: list[Signature]) -> bool:
    """Whether everybody has signed the text as it stands, such as after it was taken back."""
    if not rows or not all(map(counts, rows)):
        return False
    return rows[0].statement.digest == text_digest(of, draft, of.related(draft))


def _counted(rows: list[dict[str, Any]]) -> str:
    signed = sum(row["has_signed"] for row in rows)
    told = ngettext(
        "%(signed)s of %(number)s organization has signed.",
        "%(signed)s of %(number)s organizations have signed.",
        len(rows),
    )
    return told % {"signed": signed, "number": len(rows)}


def _line(row: Signature) -> dict[str, Any]:
    return {
        "name": row.organization.name,
        "lang": row.organization.language,
        "state": SignatureState(row.state).label,
        "tone": TONES.get(row.state, ""),
        "has_signed": row.state == SignatureState.SIGNED,
        "word": row.word,
        "at": moment(row.decided_at) if row.decided_at else "",
    }


class ShareForm(forms.Form):
    network = forms.ModelChoiceField(queryset=Network.objects.none(), to_field_name="slug")

    def __init__(self, data: Any, *, networks: list[Network]) -> None:
        super().__init__(data)
        field: Any = self.fields["network"]
        field.queryset = Network.objects.filter(pk__in=[row.pk for row in networks])


@desk_view
@require_safe
def sharing_page(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """With which networks it is shared, who reads it there, and with which it can be shared."""
    draft, today, language = _shareable(request, of, key), timezone.now().date(), get_language() or DEFAULT
    shares = list(sharing.shares_of(draft))
    there = {row.network_id for row in shares}
    networks = sharing.leading(draft, today)
    context = {
        **standing(of, draft),
        "crumbs": _crumbs(draft),
        "shares": [_shared(row, of, draft, language) for row in shares],
        "networks": [
            {"slug": row.slug, "name": row.name(language), "leads": _leads(row)}
            for row in networks
            if row.pk not in there
        ],
        "can_share": rules.can_share(actor_of(request), draft),
        "share": of.address("share", key),
        "back": of.address("detail", key),
    }
    return render(request, "desk/submissions/sharing.html", context)


def _shared(row: DraftShare, of: SubmissionType, draft: Submission, language: str) -> dict[str, Any]:
    return {
        "name": row.network.name(language),
        "leads": _leads(row.network),
        "at": moment(row.shared_at),
        "end": of.address("end_share", draft.key, row.key),
    }


def _leads(network: Network) -> str:
    """Who reads there today, by name."""
    rows = sharing.leads_of(network, timezone.now().date())
    return "; ".join(dict.fromkeys(row.organization.name for row in rows))


@desk_view
@require_POST
def share(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """With one of the networks that the page offers."""
    draft, now = _shareable(request, of, key), timezone.now()
    form = ShareForm(request.POST, networks=sharing.leading(draft, now.date()))
    if not form.is_valid():
        raise Http404(key)
    sharing.share(draft, form.cleaned_data["network"], actor=actor_of(request), now=now)
    messages.success(request, _("Shared. The lead of the network can read it until you submit it."))
    return redirect(of.address("sharing", key))


@desk_view
@require_POST
def end_share(request: HttpRequest, of: SubmissionType, key: UUID, share_key: UUID) -> HttpResponse:
    draft = _shareable(request, of, key)
    sharing.end_share(draft, share_key, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("No longer shared."))
    return redirect(of.address("sharing", key))


def _own(request: HttpRequest, of: SubmissionType, key: UUID) -> Any:
    """A joint statement of one's own organization; to anybody else there is none."""
    draft = _shareable(request, of, key)
    if not draft.is_joint:
        raise Http404(key)
    return draft


def _shareable(request: HttpRequest, of: SubmissionType, key: UUID) -> Any:
    """What one's own organization has written, in any state."""
    draft = visible(request, of, key)
    if role_for(actor_of(request), draft) is None:
        raise Http404(key)
    return draft


def _crumbs(draft: Submission) -> list[dict[str, str]]:
    return crumbs_to(str(draft), draft.language if draft.title else "")
