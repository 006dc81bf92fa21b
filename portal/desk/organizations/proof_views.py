"""The desk's page where an organization, or who claims a listed one, shows what it is: files and vouchers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, WrongState
from portal.common.forms import put_at_fields
from portal.desk.organizations.own import own
from portal.desk.organizations.proof_forms import AskForm, FileForm
from portal.files import downloads
from portal.organizations.models import OrganizationClaim, Proof
from portal.organizations.queries import visible_to
from portal.organizations.rules import may_read_proofs
from portal.organizations.states import VOUCH_STATES
from portal.organizations.verifying import files, vouching
from portal.organizations.verifying.cases import Case

CLAIM = "claim_"


@desk_view
@form_view
def proofs(request: HttpRequest, key: UUID, of: str = "") -> HttpResponse:
    """Files and vouchers; what is sent here asks a verified organization to vouch."""
    case = _own_case(request, key, of)
    if request.method == "POST":
        return _ask(request, case, of)
    return _page(request, case, of, FileForm(), AskForm(typed_before_sign_in(request)))


@desk_view
@require_POST
def add_proof(request: HttpRequest, key: UUID, of: str = "") -> HttpResponse:
    """A file; one that is refused is told at its field, on the page of both."""
    case, form = _own_case(request, key, of), FileForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        actor, now = actor_of(request), timezone.now()
        try:
            files.add_proof(case, sent.read(), sent.name or "", actor=actor, now=now)
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            messages.success(request, _("The file is with the secretariat."))
            return _back(key, of)
    return _page(request, case, of, form, AskForm())


@desk_view
@require_safe
def proof(request: HttpRequest, key: UUID, file: UUID, of: str = "") -> HttpResponse:
    """The file as it is kept: for members or the claimant, moderators, the protection focal point."""
    case, actor = _case(request, key, of), actor_of(request)
    row = get_object_or_404(files.readable_proofs(case, actor), key=file)
    return downloads.original(row.file)


@desk_view
@require_POST
def remove_proof(request: HttpRequest, key: UUID, file: UUID, of: str = "") -> HttpResponse:
    case = _own_case(request, key, of)
    row: Proof = get_object_or_404(files.proofs_of(case), key=file)
    files.remove_proof(case, row, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("The file is deleted."))
    return _back(key, of)


@desk_view
@require_POST
def cancel_ask(request: HttpRequest, key: UUID, vouch: UUID, of: str = "") -> HttpResponse:
    case = _own_case(request, key, of)
    row = get_object_or_404(vouching.vouches_of(case), key=vouch)
    try:
        vouching.cancel_ask(case, row, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("You do not ask this organization any more."))
    return _back(key, of)


def _ask(request: HttpRequest, case: Case, of: str) -> HttpResponse:
    form, actor = AskForm(request.POST), actor_of(request)
    if form.is_valid():
        try:
            voucher = vouching.named(form.cleaned_data["voucher"])
            vouching.ask_to_vouch(case, voucher, actor=actor, now=timezone.now())
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            messages.success(request, _("“%(name)s” is asked, and told by mail.") % {"name": voucher.name})
            return _back(case.claim.key if case.claim else case.organization.key, of)
    return _page(request, case, of, FileForm(), form)


def _own_case(request: HttpRequest, key: UUID, of: str) -> Case:
    """Of the actor's own; 404 for anybody else."""
    actor = actor_of(request)
    if of == CLAIM:
        rows = OrganizationClaim.objects.select_related("organization", "claimant")
        claim = get_object_or_404(rows, key=key, claimant_id=actor.user_id)
        return Case(claim.organization, claim)
    return Case(own(request, key))


def _case(request: HttpRequest, key: UUID, of: str) -> Case:
    """Of the actor's own, and for the secretariat what was submitted."""
    actor = actor_of(request)
    if not may_read_proofs(actor):
        return _own_case(request, key, of)
    if of == CLAIM:
        claim = get_object_or_404(OrganizationClaim.objects.select_related("organization"), key=key)
        return Case(claim.organization, claim)
    return Case(get_object_or_404(visible_to(actor).distinct(), key=key))


def _back(key: UUID, of: str) -> HttpResponse:
    return redirect(f"organizations:{of}proofs", key=key)


def _page(request: HttpRequest, case: Case, of: str, form: FileForm, ask: AskForm) -> HttpResponse:
    actor = actor_of(request)
    key = case.claim.key if case.claim else case.organization.key
    context = {
        "case": case,
        "form": form,
        "ask": ask,
        "can_prove": case.can_prove(actor),
        "can_ask": case.can_ask(actor),
        "files": [
            {
                "row": row,
                "url": reverse(f"organizations:{of}proof", args=[key, row.key]),
                "remove": reverse(f"organizations:{of}remove_proof", args=[key, row.key]),
            }
            for row in files.proofs_of(case)
        ],
        "vouches": [
            {
                "row": row,
                "state": VOUCH_STATES[row.state],
                "label": VOUCH_STATES.label(row.state),
                "cancel": reverse(f"organizations:{of}cancel_ask", args=[key, row.key])
                if row.state in vouching.CANCELLED
                else "",
            }
            for row in vouching.vouches_of(case)
        ],
        "add": reverse(f"organizations:{of}add_proof", args=[key]),
        "up": reverse("organizations:claimed" if case.claim else "organizations:detail", args=[key]),
        "crumbs": crumbs_to(case.name, case.language),
    }
    return render(request, "desk/organizations/proofs.html", context)
