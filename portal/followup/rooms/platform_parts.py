"""The support platform's room in words: its lists with their totals; the view hands them out."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.formatting import number as shown
from portal.followup.rooms import platform
from portal.followup.rooms.lists import FIRST, Part, Row, records_of
from portal.matching.queries import market
from portal.matching.words import needs_in_words
from portal.networks.addresses import path_of
from portal.plan.models import PlanNode
from portal.publication.queries import titled
from portal.records.trace_links import foreign


def of_platform(language: str) -> list[Part]:
    """Ten queries at most while nothing public changes."""
    return [_needs(language), _actions(language), _projects(language)]


def _needs(language: str) -> Part:
    told = platform.support()
    asked = {side.pk: side for side in market().needs}
    first = [*(pk for pk in told.with_offer), *(pk for pk in told.open if pk not in {*told.with_offer})][
        :FIRST
    ]
    records = records_of(first, language)
    rows = []
    for pk in first:
        if pk in records:
            title, spoken = titled(records[pk], language)
            fits = pk in told.with_offer
            rows.append(
                Row(
                    title,
                    records[pk].path(language),
                    (records[pk].public_id, needs_in_words(asked[pk])),
                    lang=foreign(spoken, language),
                    badge=_("an offer fits") if fits else _("no offer"),
                    tone="good" if fits else "warn",
                )
            )
    return Part(
        "needs",
        _("Open needs"),
        len(told.open),
        rows,
        _("No public pledge says that it needs anything."),
        of_all=told.needs,
        more=_("All needs and offers"),
        more_url=f"/{language}/matches/",
        notes=_support_notes(told),
        is_now=True,
    )


def _support_notes(told: platform.Support) -> tuple[str, ...]:
    needs = _(
        "%(needs)s of %(pledges)s pledges need something; an offer fits %(fits)s of %(open)s open needs."
    )
    offers = _("%(used)s of %(offers)s pledges that offer help are in use.")
    return (
        needs
        % {
            "needs": told.needs,
            "pledges": told.pledges,
            "fits": len(told.with_offer),
            "open": len(told.open),
        },
        offers % {"used": told.used, "offers": told.offers},
    )


def _actions(language: str) -> Part:
    rows, of_all = platform.unfunded()
    shown_rows = [_action(node, language) for node in rows]
    return Part(
        "actions",
        _("Actions without money"),
        len(rows),
        shown_rows[:FIRST],
        _("Every action of the plan has a pledge with money."),
        of_all=of_all,
        rest=shown_rows[FIRST:],
        notes=(_("No public pledge that brings money carries them out."),),
    )


def _action(node: PlanNode, language: str) -> Row:
    title, spoken = node.titled(language)
    return Row(title, node.path(language), (node.code,), lang=foreign(spoken, language))


def _projects(language: str) -> Part:
    told, rows = platform.projects()
    listed = []
    for row in rows:
        title, spoken = row.titled(language)
        money = f"{shown(float(row.amount))} {row.currency}" if row.amount is not None else ""
        listed.append(
            Row(
                title,
                f"{path_of(row.network)}#{row.key}",
                (row.network.name(language), money),
                lang=foreign(spoken, language),
                badge=str(row.get_state_display()),
            )
        )
    note = ngettext(
        "%(number)s of %(whole)s names an amount.", "%(number)s of %(whole)s name an amount.", told.of_all
    ) % {"number": told.with_amount, "whole": told.of_all}
    return Part(
        "projects",
        _("Projects of networks and mechanisms"),
        told.of_all,
        listed[:FIRST],
        _("No project is public."),
        rest=listed[FIRST:],
        notes=(note,),
    )


def money_table() -> dict[str, Any]:
    """Rows by currency, never added up across them; `told` says of how many pledges. One query."""
    rows, named, of_all = platform.money()
    told = _("%(number)s of %(whole)s public pledges name an amount. Nothing is converted.")
    labels = {
        "pledged": _("Pledged"),
        "in_progress": _("of it under way"),
        "fulfilled": _("of it claimed fulfilled"),
        "assessed": _("of it assessed complete"),
    }
    return {
        "told": told % {"number": named, "whole": of_all},
        "headings": [_("Currency"), *labels.values()],
        "rows": [
            {"currency": row.currency, "cells": [_cell(row, *step) for step in labels.items()]}
            for row in rows
        ],
    }


def _cell(row: platform.Money, step: str, label: str) -> dict[str, str]:
    number = row.pledges.get(step, 0)
    told = ngettext("%(number)s pledge", "%(number)s pledges", number) % {"number": number}
    return {"label": label, "amount": shown(float(row.amounts.get(step, Decimal(0)))), "told": told}
