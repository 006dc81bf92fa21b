"""The desk's pages about an organization whose name is withheld: switch it on or off, read who it is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.again import shown_again
from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.languages import DEFAULT
from portal.desk.organizations.protection_forms import RevealForm
from portal.organizations import identities, protecting, rules
from portal.organizations.categories import category_of
from portal.organizations.enums import Role
from portal.organizations.lookalikes.queries import lookalikes_of
from portal.organizations.lookalikes.words import in_words
from portal.organizations.models import Organization
from portal.organizations.queries import organizations_of, role_of, visible_to, was_revealed, with_role
from portal.organizations.states import IN_LEDGER
from portal.organizations.verifying.cases import Case
from portal.organizations.verifying.files import proofs_of
from portal.publication.authors import category_words
from portal.taxonomy.queries import organization_type_names

MOST_REVEALS = 50


@desk_view
@form_view
def protection(request: HttpRequest, key: UUID) -> HttpResponse:
    """What withholding the name means for this organization; sending it switches it on."""
    actor, organization = actor_of(request), _readable(request, key)
    if request.method == "POST":
        protecting.protect(organization, actor=actor, now=timezone.now())
        messages.success(request, _("The name is withheld from now on."))
        return redirect("organizations:protection", key=key)
    return render(request, "desk/organizations/protection.html", _protection(actor, organization))


@desk_view
@form_view
def unprotect(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks before the name is said again."""
    organization = _readable(request, key)
    if not rules.may_unprotect(actor_of(request), organization):
        raise Http404(str(key))
    return _unprotect(request, organization)


@shown_again
def _unprotect(request: HttpRequest, organization: Organization) -> HttpResponse:
    actor, key = actor_of(request), organization.key
    if request.method == "POST":
        protecting.unprotect(organization, actor=actor, now=timezone.now())
        messages.success(request, _("The name is said again."))
        return redirect("organizations:detail", key=key)
    said = identities.identified(organization)
    context = {
        "crumbs": crumbs_to(said.name, said.language),
        "heading": _("Say the name again?"),
        "text": [
            _("Your organization gets its public page back, and its name stands at all it has published.")
            if organization.state in IN_LEDGER
            else _("Your organization is public under its name once it is verified."),
            _("Texts for which you chose to withhold the name go on withholding it."),
            _("Everybody of the secretariat reads who you are again."),
        ],
        "action": _("Say our name"),
        "back": reverse("organizations:protection", args=[key]),
    }
    return render(request, "desk/confirm.html", context)


@desk_view
@form_view
def reveal(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who it is, for the protection focal point, for half an hour after they have said why."""
    organization = get_object_or_404(visible_to(actor_of(request)).distinct(), key=key)
    if not rules.may_reveal(actor_of(request), organization):
        raise Http404(str(key))
    return _reveal(request, organization)


@shown_again
def _reveal(request: HttpRequest, organization: Organization) -> HttpResponse:
    actor, is_sent, now = actor_of(request), request.method == "POST", timezone.now()
    context = {"organization": organization, "crumbs": crumbs_to(organization.name)}
    if not is_sent and was_revealed(actor, organization, now):
        said = _identity(identities.for_focal_point(actor, organization, now))
        return render(request, "desk/organizations/revealed.html", context | said)
    form = RevealForm(request.POST if is_sent else typed_before_sign_in(request))
    if is_sent and form.is_valid():
        protecting.reveal(organization, reason=form.cleaned_data["reason"], actor=actor, now=now)
        return redirect("organizations:reveal", key=organization.key)
    context |= {"form": form, "reveals": _reveals(organization)}
    return render(request, "desk/organizations/reveal.html", context)


def _readable(request: HttpRequest, key: UUID) -> Organization:
    """Of one's own, in any role, or one that the protection focal point may protect."""
    actor = actor_of(request)
    own = with_role(organizations_of(actor), actor, "pk").filter(key=key).first()
    if own is not None:
        return own
    organization = get_object_or_404(visible_to(actor).distinct(), key=key)
    if not rules.may_protect(actor, organization):
        raise Http404(str(key))
    return organization


def _protection(actor: Actor, organization: Organization) -> dict[str, Any]:
    said = identities.for_member(actor, organization)
    return {
        "crumbs": crumbs_to(said.name, said.language),
        "organization": organization,
        "said": said,
        "pseudonym": identities.pseudonym(organization),
        "category": category_words(category_of(organization)),
        "may_protect": rules.may_protect(actor, organization),
        "may_unprotect": rules.may_unprotect(actor, organization),
        "may_reveal": rules.may_reveal(actor, organization),
        "is_member": role_of(actor, organization.pk) is not None,
        "reveals": _reveals(organization),
    }


def _reveals(organization: Organization) -> list[Any]:
    return list(organization.reveals.all()[:MOST_REVEALS])


def _identity(said: Organization) -> dict[str, Any]:
    kinds = organization_type_names(get_language() or DEFAULT)
    people = said.memberships.select_related("user").order_by("pk")
    sent: dict[str, str] = said.submitted_profile or said.profile
    return {
        "said": said,
        "sent": sent,
        "facts": [
            {"term": _("Name"), "value": sent.get("name"), "lang": said.language},
            {"term": _("Short name"), "value": sent.get("acronym")},
            {"term": _("Other names"), "value": "; ".join(map(str, said.aliases))},
            {"term": _("Kind of organization"), "value": kinds.get(said.type_code, "")},
            {"term": _("Country"), "value": said.get_country_display()},
            {"term": _("Website"), "value": sent.get("website"), "url": sent.get("website")},
        ],
        "people": [(str(row.user), row.user.email, Role(row.role).label) for row in people],
        "files": [
            {"name": row.file.name, "url": reverse("organizations:proof", args=[said.key, row.key])}
            for row in proofs_of(Case(said))
        ],
        "vouches": said.vouches.select_related("voucher").order_by("pk"),
        "alike": [(row.called.name, in_words(row.signals)) for row in lookalikes_of(said)],
    }
