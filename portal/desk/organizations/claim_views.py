"""The desk's pages for claiming a listed organization: find it, claim it, see what became of the claim."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import WrongState
from portal.common.languages import DEFAULT
from portal.common.reviews import Reader
from portal.desk.organizations.claim_forms import ClaimForm
from portal.desk.organizations.listed_forms import NameForm
from portal.desk.organizations.looking import public_named
from portal.organizations import rules
from portal.organizations.claims import claim_organization, withdraw_claim
from portal.organizations.models import Organization, OrganizationClaim
from portal.organizations.profile_fields import public_part
from portal.organizations.queries import belongs_to, claims_of
from portal.organizations.review import CLAIM
from portal.organizations.states import CLAIM_STATES
from portal.publication.enums import RecordKind
from portal.publication.queries import published, record_by_public_id
from portal.submissions.differences import beside


@desk_view
@require_safe
def find_listed(request: HttpRequest) -> HttpResponse:
    """Public organizations of a name: listed ones to claim, others to ask for being let in."""
    form = NameForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "form": form,
        "words": words,
        "rows": public_named(words, actor_of(request)) if words else [],
        "crumbs": crumbs_to(_("Is your organization here already?")),
    }
    return render(request, "desk/organizations/find_listed.html", context)


@desk_view
@form_view
def claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """Claim the organization of a public record. What waits already is shown instead."""
    record = record_by_public_id(public_id, RecordKind.ORGANIZATION)
    organization = get_object_or_404(Organization, key=record.source_key)
    actor, is_sent = actor_of(request), request.method == "POST"
    mine = claims_of(actor).filter(organization=organization).first()
    if not is_sent and mine is not None and mine.state in CLAIM_STATES.waiting:
        return redirect("organizations:claimed", key=mine.key)
    if not is_sent and not rules.can_claim(actor, organization):
        raise Http404(public_id)
    typed = request.POST if is_sent else typed_before_sign_in(request)
    form = ClaimForm(typed, organization=organization, before=mine.profile if mine else None)
    if is_sent:
        form.complete()
        if form.is_valid():
            made = claim_organization(organization, fields=form.given(), actor=actor, now=timezone.now())
            messages.success(request, _("Submitted to the secretariat. Until it decides, nothing changes."))
            return redirect("organizations:claimed", key=made.key)
    context = {
        "form": form,
        "organization": organization,
        "record": record,
        "crumbs": crumbs_to(record.title),
    }
    return render(request, "desk/organizations/claim.html", context)


@desk_view
@require_safe
def claimed(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the person claimed, where it stands and what comes next."""
    actor = actor_of(request)
    row = get_object_or_404(claims_of(actor), key=key)
    record = published(RecordKind.ORGANIZATION).filter(source_key=row.organization.key).first()
    context = {
        "claim": row,
        "state": CLAIM_STATES[row.state],
        "state_label": CLAIM_STATES.label(row.state),
        "comparison": _comparison(row),
        "record": record,
        "own_url": reverse("organizations:detail", args=[row.organization.key])
        if belongs_to(actor, row.organization.key)
        else "",
        "can_withdraw": rules.can_withdraw_claim(actor, row),
        "may_claim": row.state not in CLAIM_STATES.waiting and rules.can_claim(actor, row.organization),
        "crumbs": crumbs_to(str(row)),
    }
    return render(request, "desk/organizations/claimed.html", context)


@desk_view
@require_POST
def claim_withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take back one's own claim, until the secretariat has decided."""
    row = get_object_or_404(claims_of(actor_of(request)), key=key)
    try:
        withdraw_claim(row, actor=actor_of(request), now=timezone.now())
    except WrongState:
        messages.warning(request, _("It is decided already and cannot be taken back."))
    else:
        messages.success(request, _("You took the claim back. You can claim the organization again."))
    return redirect("organizations:claimed", key=key)


def _comparison(row: OrganizationClaim) -> tuple[object, ...]:
    """Beside what the list said in public; what only the secretariat wrote there is nobody else's."""
    listed = public_part(row.listed)
    return beside(CLAIM.fields, listed, row.profile, Reader(get_language() or DEFAULT))
