"""What every screen of a draft shares: who may open it, its part by key, the way back."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view
from portal.common.errors import OtherRoom, OutOfDate
from portal.common.languages import DEFAULT
from portal.conclusions.enums import PartKind
from portal.conclusions.models import Conclusions, Part
from portal.conclusions.queries import consultation_titles, visible_to
from portal.conclusions.rules import is_other_staff

View = Callable[..., HttpResponse]


def editors_room(view: View) -> View:
    """Around the pages that staff are led to: a moderator is told who works there, whatever the key."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_other_staff(actor_of(request)):
            raise OtherRoom(_("Conclusions are drafted and published by editors. You are a moderator."))
        return view(request, *args, **kwargs)

    return inner


def _of_draft(methods: Callable[[View], View]) -> Callable[[View], View]:
    """A view of a draft under its key: editors only, and only what is still open is changed."""

    def around(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, key: UUID, **kwargs: Any) -> HttpResponse:
            draft = get_object_or_404(visible_to(actor_of(request)), key=key)
            if request.method != "POST" and not draft.is_editable:
                messages.error(request, _("These conclusions are published and cannot be changed."))
                return redirect("conclusions:version", key=draft.key)
            return view(request, draft, **kwargs)

        return desk_view(methods(inner))

    return around


draft_page, draft_form, draft_button = (
    _of_draft(methods) for methods in (require_safe, form_view, require_POST)
)


def part_in(draft: Conclusions, key: UUID, *kinds: PartKind) -> Part:
    """404 for what is not there, or of another kind."""
    rows = draft.parts.select_related("facts").prefetch_related("texts")
    return get_object_or_404(rows.filter(kind__in=kinds) if kinds else rows, key=key)


def reader() -> str:
    return get_language() or DEFAULT


def address(name: str, draft: Conclusions, *args: object) -> str:
    return reverse(f"conclusions:{name}", args=[draft.key, *args])


def show(
    request: HttpRequest,
    template: str,
    draft: Conclusions,
    heading: str,
    context: Mapping[str, Any],
    *,
    above: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    """A screen of a draft; `above` are titles and addresses between the draft and it."""
    fallback = (str(draft.consultation_key), "")
    titles = consultation_titles([draft.consultation_key], reader())
    title, lang = titles.get(draft.consultation_key, fallback)
    desk, last = crumbs_to(heading)
    between = [{"title": name, "url": url} for name, url in above]
    crumbs = [
        desk,
        {"title": _("Conclusions"), "url": reverse("conclusions:list")},
        {"title": title, "url": address("version", draft), "lang": lang},
        *between,
        last,
    ]
    common = {"draft": draft, "heading": heading, "title": title, "lang": lang, "crumbs": crumbs}
    return render(request, f"conclusions/desk/{template}.html", common | dict(context))


def out_of_date(form: forms.Form, refusal: OutOfDate) -> None:
    form.add_error(None, str(refusal.message))
