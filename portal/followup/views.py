"""Permanent addresses of every public thing, and the follow-up overview."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.cms.queries import PublicPage, pages_by_key
from portal.common.ids import parse_public_id
from portal.common.languages import DEFAULT
from portal.consultations.threads import Joint
from portal.followup.overview import Overview, Share, overview
from portal.library.forms import asked_passage, searched_how, searched_words
from portal.library.models import LETTER as DOCUMENT_LETTER
from portal.library.queries import document_by_public_id
from portal.publication.listing import foreign
from portal.publication.queries import record_by_public_id

# How the words were searched, as results say it in their addresses (`search.marking`).
_WAYS = ("0", "loose")


def permanent(request: HttpRequest, public_id: str) -> HttpResponse:
    """`/r/I-00007/`, `/r/D-00003/` or `/r/<page key>/` leads to it in the reader's language.

    404 for an unknown number, 410 for a withdrawn one. `passage` opens it there, `q` marks words.
    """
    path = _path_of(public_id, request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    response = redirect(path + _place_in(path, request.GET))
    patch_vary_headers(response, ("Accept-Language",))
    return response


def _path_of(public_id: str, language: str) -> str:
    parsed = parse_public_id(public_id)
    if parsed is None:
        return _page_path(public_id, language)
    if parsed[0] == DOCUMENT_LETTER:
        return f"/{language}/library/{document_by_public_id(public_id).public_id}/"
    return record_by_public_id(public_id).path(language)


def _place_in(path: str, asked: QueryDict) -> str:
    """The passage and the words asked for, to go on the path. Only documents have places by number."""
    passage, q = asked_passage(asked), searched_words(asked)
    query = {"q": q} if q else {}
    how = searched_how(asked)
    if q and how in _WAYS:
        query["expand"] = how
    is_document = path.split("/")[2:3] == ["library"]
    if passage and is_document:
        query["passage"] = str(passage)
    place = f"#p{passage}" if passage and is_document else "#found" if q else ""
    return (f"?{urlencode(query)}" if query else "") + place


def _page_path(text: str, language: str) -> str:
    try:
        key = UUID(text)
    except ValueError:
        raise Http404(text) from None
    page = pages_by_key([key], language).get(key)
    if page is None:
        raise Http404(text)
    return page.url


def overview_page(request: HttpRequest) -> HttpResponse:
    """What was pledged, what is reported, and where the thread breaks off."""
    language = get_language() or DEFAULT
    found = overview(language)
    pledge_list = reverse("pledges:list")
    context = {
        "overview": found,
        "bars": [
            {"label": outcome.label, "value": number, "url": f"{pledge_list}?outcome={outcome.value}"}
            for outcome, number in found.by_outcome
        ],
        "figures": _figures(found),
        "stages": [_share_cells(row) for row in found.stages],
        "health": [_share_cells(row) for row in found.health],
        "headers": [_("State"), _("Of those with a report"), _("Of all")],
        "unfollowed": [_row(row, language) for row in found.interventions_without_pledge.named],
        "unanswered": [
            _question(row, language, found.consultations) for row in found.questions_without_answer.named
        ],
    }
    return render(request, "followup/overview.html", context)


def _figures(found: Overview) -> list[dict[str, Any]]:
    """Numbers with what they are part of."""
    unfollowed, unanswered = found.interventions_without_pledge, found.questions_without_answer
    return [
        {"value": found.pledges, "label": _("pledges published")},
        {"value": found.reported, "label": _("with a report of their parties"), "note": _of(found.pledges)},
        {"value": 0, "label": _("assessed by others"), "note": _of(found.pledges)},
        {
            "value": unfollowed.of_all - unfollowed.number,
            "label": _("contributions with a pledge behind them"),
            "note": _of(unfollowed.of_all),
        },
        {
            "value": unanswered.of_all - unanswered.number,
            "label": _("guiding questions with an answer"),
            "note": _of(unanswered.of_all),
        },
    ]


def _of(number: int) -> str:
    return _("of %(number)s") % {"number": number}


def _share_cells(row: Share) -> list[object]:
    return [row.label, _part(row.number, row.of_reported), _part(row.number, row.of_all)]


def _part(number: int, whole: int | None) -> str:
    """Such as "3 of 4 (75 %)"; a dash where there is nothing to be part of."""
    if not whole:
        return "–"
    share = f"{round(100 * number / whole)}\N{NO-BREAK SPACE}%"
    return _("%(number)s of %(whole)s (%(share)s)") % {"number": number, "whole": whole, "share": share}


def _row(row: Joint | PublicPage, language: str) -> dict[str, Any]:
    return {"label": row.title, "url": row.url, "lang": foreign(row.language, language)}


def _question(row: PublicPage, language: str, consultations: dict[UUID, str]) -> dict[str, Any]:
    """A question with the consultation it belongs to."""
    above = [consultations[key] for key in row.ancestors if key in consultations]
    return _row(row, language) | {"badge": " · ".join([*above, row.number]).strip(" ·")}
