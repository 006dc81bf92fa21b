"""Documents proposed for the library: who proposed reads what became of it, editors accept or decline."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import Actor, Group, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import NotAllowed, WrongState
from portal.common.languages import DEFAULT
from portal.desk.library.forms import DecliningForm, ProposalForm
from portal.files.downloads import attachment
from portal.files.intake import content_of
from portal.files.refusals import Refused
from portal.library import proposals as domain
from portal.library.desk_queries import proposing_for
from portal.library.filing import organization_labels
from portal.library.models import DocumentProposal
from portal.library.rules import can_decide, can_describe, can_propose, can_read_proposal

PAGE_SIZE = 50
# The observatory proposes in its own name.
OBSERVATORY = "observatory"


@desk_view
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Own ones; for editors all. Two queries and those of who may propose."""
    actor = actor_of(request)
    rows = domain.proposals_for(actor, is_editor=can_describe(actor))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "may_propose": can_propose(actor), "crumbs": crumbs_to(_title())}
    return render(request, "desk/library/proposals.html", context)


@desk_view
@form_view
def new(request: HttpRequest) -> HttpResponse:
    """Whoever may not propose reads who may."""
    actor, is_post = actor_of(request), request.method == "POST"
    form = None
    if can_propose(actor):
        typed = request.POST if is_post else typed_before_sign_in(request)
        form = ProposalForm(
            typed, request.FILES if is_post else None, ui=get_language() or DEFAULT, names=_names(actor)
        )
        if is_post and form.is_valid() and (made := _proposed(form, actor)):
            messages.success(request, _("An editor reads it. Nothing of it is public before that."))
            return redirect("proposed_documents:proposal", made.key)
    context = {"form": form, "crumbs": _crumbs(_("Propose a document"))}
    return render(request, "desk/library/propose.html", context)


@desk_view
@require_safe
def proposal(request: HttpRequest, key: UUID) -> HttpResponse:
    return _page(request, _readable(request, key), DecliningForm())


@desk_view
@require_safe
def file(request: HttpRequest, key: UUID) -> HttpResponse:
    """As it was given, to who proposed it and to editors, for as long as it waits."""
    content = domain.content_of_proposal(row := _readable(request, key))
    if content is None:
        raise Http404(str(key))
    return attachment(row.file_name, "application/octet-stream", content)


@desk_view
@require_POST
def take(request: HttpRequest, key: UUID) -> HttpResponse:
    """Public at once."""
    row = _decidable(request, key)
    try:
        document = domain.accept(row, actor=actor_of(request), now=timezone.now())
    except (Refused, WrongState) as refusal:
        messages.error(request, str(refusal))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Public as %(number)s.") % {"number": document.public_id})
        return redirect("library_desk:document", document.public_id)
    return redirect("proposed_documents:proposal", row.key)


@desk_view
@form_view
def decline(request: HttpRequest, key: UUID) -> HttpResponse:
    row, is_post = _decidable(request, key), request.method == "POST"
    form = DecliningForm(request.POST if is_post else typed_before_sign_in(request))
    if is_post and form.is_valid():
        try:
            domain.decline(
                row, reason=form.cleaned_data["reason"], actor=actor_of(request), now=timezone.now()
            )
        except WrongState as refusal:
            messages.error(request, str(refusal.message))
            return redirect("proposed_documents:proposal", row.key)
        messages.success(request, _("Declined. Who proposed it reads the reason."))
        return redirect("proposed_documents:list")
    return _page(request, row, form)


def _page(request: HttpRequest, row: DocumentProposal, form: DecliningForm) -> HttpResponse:
    actor, ui = actor_of(request), get_language() or DEFAULT
    key = str(row.organization.key) if row.organization else ""
    about = domain.about_of(row)
    context = {
        "proposal": row,
        "about": about,
        "proposer": organization_labels([key], ui).get(key) if key else None,
        "is_of_organization": bool(key),
        "may_decide": row.is_waiting and can_decide(actor, row),
        "form": form,
        "crumbs": _crumbs(row.title, row.language),
    }
    return render(request, "desk/library/proposal.html", context)


def _proposed(form: ProposalForm, actor: Actor) -> DocumentProposal | None:
    typed = form.cleaned_data
    organizations = {str(row.key): row for row in proposing_for(actor)}
    try:
        return domain.propose(
            content_of(typed["file"]),
            str(typed["file"].name),
            form.about(),
            why=typed["why"],
            organization=organizations.get(typed["organization"]),
            actor=actor,
            now=timezone.now(),
        )
    except Refused as refusal:
        form.add_error("file", str(refusal))
    except ValidationError as refusal:
        form.put_refusal(refusal)
    except WrongState as refusal:
        form.add_error(None, str(refusal.message))
    except NotAllowed:
        form.add_error("organization", _("You cannot propose in this name. Choose another."))
    return None


def _names(actor: Actor) -> list[tuple[str, Any]]:
    own: list[tuple[str, Any]] = [(str(row.key), row.name) for row in proposing_for(actor)]
    return [*own, (OBSERVATORY, _("The observatory"))] if actor.has(Group.OBSERVATORY) else own


def _readable(request: HttpRequest, key: UUID) -> DocumentProposal:
    rows = DocumentProposal.objects.select_related("organization", "document")
    row = get_object_or_404(rows, key=key)
    if not can_read_proposal(actor_of(request), row):
        raise Http404(str(key))
    return row


def _decidable(request: HttpRequest, key: UUID) -> DocumentProposal:
    row = _readable(request, key)
    if not can_decide(actor_of(request), row):
        raise Http404(str(key))
    return row


def _title() -> str:
    return _("Proposed documents")


def _crumbs(title: str, lang: str = "") -> list[dict[str, str]]:
    desk, last = crumbs_to(title, lang)
    return [desk, {"title": _title(), "url": reverse("proposed_documents:list")}, last]
