"""One document in the library's room: what is said of it, its file, its history. Editors only."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import WrongState
from portal.common.languages import DEFAULT
from portal.desk.library.forms import DescriptionForm, FileForm, WithdrawalForm
from portal.desk.library.history import lines
from portal.desk.library.room import crumbs, document_at, editor
from portal.files.refusals import Refused
from portal.library.describing import correct_document
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from portal.library.queries import parallel_versions
from portal.library.searched import held_by_search
from portal.library.uploading import replace_with


@desk_view
@form_view
def document(request: HttpRequest, public_id: str) -> HttpResponse:
    actor, row, is_post = editor(request), document_at(public_id), request.method == "POST"
    others = parallel_versions(row)
    form = DescriptionForm(
        request.POST if is_post else typed_before_sign_in(request),
        document=row,
        beside=others[0].public_id if others else "",
        ui=get_language() or DEFAULT,
    )
    if is_post and form.is_valid() and _is_corrected(request, row, form, actor):
        return redirect("library_desk:document", row.public_id)
    context = {
        "document": row,
        "form": form,
        "others": others,
        "public_url": row.path(get_language() or DEFAULT),
        "versions": row.versions.all(),
        "held": held_by_search(row),
        "history": lines(row, form),
        "crumbs": crumbs(row.title or row.public_id, lang=row.language),
    }
    return render(request, "desk/library/document.html", context)


@desk_view
@form_view
def replace(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another file under the same number."""
    actor, row = editor(request), document_at(public_id)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            replace_with(row, form.cleaned_data["file"], actor=actor, now=timezone.now())
        except (Refused, WrongState) as refusal:
            form.add_error("file", str(refusal))
        except ValidationError as refusal:
            form.add_error("file", refusal.messages)
        else:
            messages.success(request, _("The new file is read and public. The old one's hash is kept."))
            return redirect("library_desk:document", row.public_id)
    context = {"document": row, "form": form, "crumbs": crumbs(_("Replace the file"), document=row)}
    return render(request, "desk/library/replace.html", context)


@desk_view
@form_view
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks for the reason that everybody reads in its place."""
    actor, row, is_post = editor(request), document_at(public_id), request.method == "POST"
    form = WithdrawalForm(request.POST if is_post else typed_before_sign_in(request))
    if is_post and form.is_valid():
        withdraw_document(row, reason=form.cleaned_data["reason"], actor=actor, now=timezone.now())
        told = _("%(number)s is withdrawn: page, file, API and search show it no more.")
        messages.success(request, told % {"number": row.public_id})
        return redirect("library_desk:list")
    context = {"document": row, "form": form, "crumbs": crumbs(_("Withdraw"), document=row)}
    return render(request, "desk/library/withdraw.html", context)


def _is_corrected(request: HttpRequest, row: LibraryDocument, form: DescriptionForm, actor: Actor) -> bool:
    try:
        changed = correct_document(
            row, form.about(), seen=_seen(form.cleaned_data), actor=actor, now=timezone.now()
        )
    except ValidationError as refusal:
        form.put_refusal(refusal)
        return False
    except WrongState as refusal:
        form.add_error(None, str(refusal.message))
        return False
    messages.success(request, _("Saved and public.") if changed else _("Nothing was different."))
    return True


def _seen(typed: dict[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(typed["seen"]) if typed["seen"] else None
    except ValueError:
        return None
