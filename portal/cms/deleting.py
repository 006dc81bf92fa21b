"""What the Wagtail admin does not delete because something else holds on to it; its hooks call it.

Wagtail looks for references among pages and snippets only; the tables of the portal hold on to these too.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import QuerySet
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.common.collation import in_order
from portal.common.declarations import declared

# Rows that say something under one of the keys of pages.
PageHolder = Callable[[Collection[UUID]], Collection[models.Model]]


def kept_by(rows: Iterable[models.Model]) -> list[models.Model]:
    """What would be left without one of these; nothing where all can go."""
    holding: list[models.Model] = []
    for row in rows:
        doomed: Any = [row]
        if isinstance(row, Page):
            doomed = Page.objects.descendant_of(row, inclusive=True)
            holding.extend(_named_in(doomed))
        try:
            Collector(using=DEFAULT_DB_ALIAS).collect(doomed)
        except ProtectedError as refused:
            holding.extend(refused.protected_objects)
        except RestrictedError as refused:
            holding.extend(refused.restricted_objects)
    return holding


def _named_in(pages: QuerySet[Page]) -> list[models.Model]:
    """What apps above say under a page's key, of pages that would be left in no language (`page_holders`)."""
    keys = {*pages.values_list("translation_key", flat=True)}
    elsewhere = Page.objects.filter(translation_key__in=keys).exclude(pk__in=pages.values("pk"))
    gone = keys - {*elsewhere.values_list("translation_key", flat=True)}
    return [row for held in declared("page_holders") for row in held(gone)] if gone else []


def refusal(request: HttpRequest, rows: Iterable[models.Model], back: str) -> HttpResponse | None:
    """Says what holds on to them and goes `back`; None where they can be deleted."""
    holding = kept_by(rows)
    if not holding:
        return None
    kinds = in_order({capfirst(str(row._meta.verbose_name)) for row in holding}, str)
    told = _("This cannot be deleted while something else needs it: %(kinds)s (%(number)d).")
    messages.error(request, told % {"kinds": ", ".join(kinds), "number": len(holding)})
    return redirect(back)
