"""The desk's pages of dossiers: list, dossier, new, edit, delete, export."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import actor_of
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.formatting import moment
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.observatory.dossiers import domain, exports, rules
from portal.observatory.dossiers.enums import OWNER, Format, Role
from portal.observatory.dossiers.forms import DossierForm, key_of
from portal.observatory.dossiers.models import Dossier
from portal.observatory.dossiers.pages import A_PAGE, address, crumbs_to, visible
from portal.observatory.dossiers.queries import items_of, listed, offer_to, role_in
from portal.observatory.dossiers.reading import shown
from portal.submissions.steps import StepForm, run_step

LIST_PAGE = 50


@desk_view
@require_safe
def dossier_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(listed(actor_of(request)), LIST_PAGE).get_page(request.GET.get("page"))
    context = {"crumbs": crumbs_to(), "page": page, "items": [_item(row) for row in page]}
    return render(request, "dossiers/list.html", context)


@desk_view
@require_safe
def dossier_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """The passages in order; `?all` puts them all on one page, as for printing."""
    dossier, actor = visible(request, key), actor_of(request)
    pages = Paginator(items_of(dossier), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    is_whole = "all" in request.GET
    items = list(items_of(dossier)) if is_whole else list(page)
    first = 1 if is_whole or not items else page.start_index()
    may_edit = rules.can_edit(actor, dossier)
    context = {
        "crumbs": crumbs_to(dossier=dossier),
        "dossier": dossier,
        "count": pages.count,
        "page": None if is_whole else page,
        "items": shown(items, ui=get_language() or DEFAULT, first=first),
        "may_edit": may_edit,
        "may_share": rules.can_share(actor, dossier),
        "may_leave": rules.can_leave(actor, dossier),
        "offer": offer_to(actor, dossier) if role_in(actor, dossier) != OWNER else None,
        "formats": [
            (label, reverse("dossiers:export", args=[key, value])) for value, label in Format.choices
        ],
        "saved_at": moment(dossier.updated_at),
    }
    return render(request, "dossiers/dossier.html", context)


@desk_view
@form_view
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not rules.can_start(actor):
        raise NotAllowed("create a dossier")
    restored = typed_before_sign_in(request)
    sent = request.POST if request.method == "POST" else restored
    form = DossierForm(sent, initial={"language": get_language()})
    if request.method == "POST":
        draft_key = key_of(request.POST.get("draft_key", ""))
        try:
            dossier = domain.create_dossier(
                fields=form.fields_to_save(), key=draft_key, actor=actor, now=timezone.now()
            )
            return redirect(address(dossier))
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        except WrongState as refusal:
            form.add_error(None, str(refusal.message))
    context = {
        "heading": _("New dossier"),
        "crumbs": crumbs_to(_("New dossier")),
        "form": form,
        "draft_key": request.POST.get("draft_key") or uuid4(),
    }
    return render(request, "dossiers/new.html", context)


@desk_view
@form_view
def edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Title, description, language; after somebody else's save both versions are shown."""
    dossier, actor = visible(request, key), actor_of(request)
    if not rules.can_edit(actor, dossier):
        raise NotAllowed("change a dossier")

    def save(form: StepForm, revision: int) -> Dossier:
        fields = form.fields_to_save()
        return domain.change_dossier(
            dossier, fields=fields, revision=revision, actor=actor, now=timezone.now()
        )

    def make_form(typed: Any) -> StepForm:
        return DossierForm(typed, initial=DossierForm().values_of(dossier))

    outcome = run_step(request, dossier, make_form, save)
    if outcome.is_done:
        messages.success(request, _("Saved."))
        return redirect(address(dossier))
    heading = _("Change title and description")
    context = {
        **outcome.context(request),
        "heading": heading,
        "crumbs": crumbs_to(heading, dossier),
        "language": dossier.language,
        "back": address(dossier),
    }
    return render(request, "dossiers/edit.html", context)


@desk_view
@form_view
def delete(request: HttpRequest, key: UUID) -> HttpResponse:
    dossier, actor = visible(request, key), actor_of(request)
    if not rules.can_delete(actor, dossier):
        raise NotAllowed("delete a dossier")
    if request.method == "POST":
        domain.delete_dossier(dossier, actor=actor, now=timezone.now())
        messages.success(request, _("Deleted."))
        return redirect("dossiers:list")
    context = {
        "crumbs": crumbs_to(_("Delete"), dossier),
        "heading": _("Delete “%(title)s”?") % {"title": dossier.title},
        "text": [
            _("The collected passages and all comments are deleted, also for those you shared it with."),
            _("This cannot be undone. You can download the dossier before."),
        ],
        "action": _("Delete"),
        "back": address(dossier),
    }
    return render(request, "desk/confirm.html", context)


@desk_view
@require_safe
def export(request: HttpRequest, key: UUID, form: str) -> HttpResponse:
    """The whole dossier as a file, in the dossier's language."""
    dossier, actor = visible(request, key), actor_of(request)
    if form not in Format.values:
        raise Http404
    if not rules.can_export(actor, dossier):
        raise NotAllowed("export a dossier")
    now = timezone.now()
    with translation.override(dossier.language):
        items = shown(list(items_of(dossier)), ui=dossier.language)
        made = exports.made(Format(form), dossier, items, now=now)
    domain.note("exported", dossier, actor, now, format=form)
    response = HttpResponse(made.content, content_type=made.content_type)
    response.headers["Content-Disposition"] = str(content_disposition_header(True, made.file_name))
    return response


def _item(row: Any) -> dict[str, Any]:
    """A line of `components/record_item.html`."""
    is_mine = row.role_found == OWNER
    number = row.passages or 0
    counted = ngettext("%(number)d passage", "%(number)d passages", number) % {"number": number}
    shared = "" if is_mine else _("shared by %(name)s") % {"name": row.owner}
    badges = [] if is_mine else [{"text": Role(row.role_found).label, "tone": ""}]
    if row.offered:
        badges.append({"text": _("Offered to you"), "tone": "warn"})
    return {
        "title": row.title,
        "url": address(row),
        "lang": row.language if row.language != get_language() else "",
        "meta": [counted, shared, _("saved at %(time)s") % {"time": moment(row.updated_at)}],
        "badges": badges,
    }
