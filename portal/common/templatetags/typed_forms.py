"""The key of a form with who opened it and for whom, and what waits on a page. Settings build it in.

`{% csrf_token %}` of every template is the one defined here, so no form of the desk can forget its writer.
"""

from typing import Any

from django import template
from django.db import DatabaseError
from django.http import HttpRequest
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.common.actors import ACTS_FOR, acts_for
from portal.common.languages import DEFAULT, in_language, language_of
from portal.common.typed.answers import form_of
from portal.common.typed.kept import kept_on, pages_that_wait, pairs_of
from portal.common.typed.reading import WRITER_NAME
from portal.common.typed.writer import mark_for

register = template.Library()


class KeyAndWriterNode(CsrfTokenNode):
    def render(self, context: template.Context) -> str:
        request: HttpRequest | None = getattr(context, "request", None)
        mark = mark_for(request) if request is not None else ""
        key = super().render(context)
        if not (key and mark):
            return key
        chosen = _chosen(request) if request is not None else ""
        hidden = format_html("{}{}", _hidden(WRITER_NAME, mark), _hidden(ACTS_FOR, chosen) if chosen else "")
        return format_html("{}{}", key, hidden)


@register.tag
def csrf_token(parser: Any, token: Any) -> KeyAndWriterNode:
    return KeyAndWriterNode()


@register.inclusion_tag("desk/kept.html", takes_context=True)
def kept_forms(context: template.Context) -> dict[str, Any]:
    """What was typed while signed out and waits here; `is_restored` when the view's own form has it."""
    request: HttpRequest = context["request"]
    rows, taken = kept_on(request), getattr(request, "restored_form", None)
    language = language_of(request.path) or (get_language() or DEFAULT)[:2]
    buttons: dict[str, str] = getattr(request, "form_buttons", {})
    return {
        "request": request,
        "language": language,
        "csrf_token": context.get("csrf_token"),
        "pages": [
            {"url": in_language(page, language), "label": label}
            for page, label in _elsewhere(request, language).items()
        ],
        "kept": [
            {
                "pk": row.pk,
                "is_restored": row.pk == taken,
                "again": form_of(pairs_of(row), in_language(row.action, language)),
                "button": buttons.get(in_language(row.action, language), ""),
            }
            for row in rows
        ],
    }


def _elsewhere(request: HttpRequest, language: str) -> dict[str, str]:
    """The desk's home names every page on which something waits."""
    return pages_that_wait(request) if request.path == f"/{language}/desk/" else {}


def _hidden(name: str, value: str) -> SafeString:
    return format_html('<input type="hidden" name="{}" value="{}">', name, value)


def _chosen(request: HttpRequest) -> str:
    """For which organization the form is opened; nothing where the session cannot be read."""
    try:
        return str(acts_for(request) or "")
    except DatabaseError:
        return ""
