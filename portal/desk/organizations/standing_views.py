"""The desk's pages about whether an organization stands: confirm, appeal, ask for two, mark as at risk."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, WrongState
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.desk.organizations.own import own
from portal.desk.organizations.proof_forms import AppealForm, RiskForm
from portal.organizations import rules
from portal.organizations.queries import visible_to
from portal.organizations.verifying import appeals, standing


@desk_view
@require_POST
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """Nothing has changed: for another year."""
    organization = own(request, key)
    try:
        standing.confirm_organization(organization, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("Confirmed for another year. Thank you."))
    return redirect("organizations:detail", key=key)


@desk_view
@require_POST
def ask_for_two(request: HttpRequest, key: UUID) -> HttpResponse:
    """The organization is at risk: two people of the secretariat have to agree."""
    standing.ask_for_two(own(request, key), actor=actor_of(request), now=timezone.now())
    messages.success(request, _("Noted. Two people of the secretariat verify your organization."))
    return redirect("organizations:detail", key=key)


@desk_view
@form_view
def appeal(request: HttpRequest, key: UUID) -> HttpResponse:
    """Against the refusal that stands, once."""
    organization, is_sent = own(request, key), request.method == "POST"
    actor, language = actor_of(request), get_language() or DEFAULT
    if not is_sent and not rules.can_appeal(actor, organization):
        return redirect("organizations:detail", key=key)
    form = AppealForm(request.POST if is_sent else typed_before_sign_in(request), language=language)
    if is_sent and form.is_valid():
        given = {"text": form.cleaned_data["text"], "language": language}
        try:
            appeals.appeal(organization, **given, actor=actor, now=timezone.now())
        except WrongState as refusal:
            problems = refusal.problems if isinstance(refusal, Incomplete) else ()
            put_at_fields(form, problems)
            if not problems:
                form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Your appeal is with the secretariat. Somebody else decides."))
            return redirect("organizations:detail", key=key)
    context = {"organization": organization, "form": form, "crumbs": crumbs_to(organization.name)}
    return render(request, "desk/organizations/appeal.html", context)


@desk_view
@form_view
def risk(request: HttpRequest, key: UUID) -> HttpResponse:
    """By the protection focal point, of any organization that was submitted."""
    actor, is_sent = actor_of(request), request.method == "POST"
    organization = get_object_or_404(visible_to(actor).distinct(), key=key)
    if not rules.may_mark_at_risk(actor, organization):
        raise Http404(str(key))
    initial = {"is_at_risk": organization.is_at_risk, "reason": organization.risk_reason}
    form = RiskForm(request.POST if is_sent else typed_before_sign_in(request), initial=initial)
    if is_sent and form.is_valid():
        standing.mark_at_risk(organization, **form.cleaned_data, actor=actor, now=timezone.now())
        messages.success(request, _("Saved. The colleagues who decide see it."))
        return redirect("moderation:subject", kind="organization", key=key)
    context = {"organization": organization, "form": form, "crumbs": crumbs_to(organization.name)}
    return render(request, "desk/organizations/risk.html", context)
