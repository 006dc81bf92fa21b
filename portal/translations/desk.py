"""What the desk's pages of translations say, as plain data; views and duties call it."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from portal.common.digests import digest_of
from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES
from portal.publication.enums import TranslationKind
from portal.publication.models import Record, RecordTranslation
from portal.publication.translating import original_digest
from portal.records.types import Badge
from portal.submissions.cuts import TITLE
from portal.translations.enums import CAME_BACK, EnteredAs, RequestState, Wants
from portal.translations.models import TranslationRequest
from portal.translations.phrases import OF_WHAT_STANDS, WHAT_IS_ASKED
from portal.translations.queries import Part, written_in
from portal.translations.states import STATES

Requests = dict[tuple[str, str], TranslationRequest]


def state_of(record: Record, row: RecordTranslation | None) -> str:
    """What stands in a language: `none`, `official`, `machine`, `stale` or `machine_stale`."""
    if row is None:
        return "none"
    is_draft = row.kind == TranslationKind.MACHINE
    if row.of_version == record.version:
        return "machine" if is_draft else "official"
    return "machine_stale" if is_draft else "stale"


def languages_of(record: Record, waits: set[str]) -> list[dict[str, Any]]:
    """A row for each language but the original's, for the list of texts. No query."""
    rows = {row.language: row for row in record.translations.all()}
    return [
        {
            "code": code,
            "name": LANGUAGE_NAMES[code],
            "state": OF_WHAT_STANDS[state_of(record, rows.get(code))],
            "waits": code in waits,
            "url": reverse("translations:enter", args=[record.kind, record.source_key, code]),
        }
        for code in CODES
        if code != record.language
    ]


def with_requests(record: Record, asked: Requests) -> list[dict[str, Any]]:
    """The same with the last requests, for the page of one text."""
    waits = {into for (into, wants), row in asked.items() if wants == Wants.PUBLISH and _waits(row)}
    rows = languages_of(record, waits)
    stands = {row.language for row in record.translations.all()}
    for row in rows:
        row["stands"] = row["code"] in stands
        row["last"] = asked.get((row["code"], Wants.PUBLISH))
        row["off"] = asked.get((row["code"], Wants.TAKE_OFF))
        is_asked = row["off"] is not None and _waits(row["off"])
        row["may_be_asked_off"] = row["stands"] and not is_asked
        row["asked"] = [told_of(each) for each in (row["last"], row["off"]) if each is not None]
        row["take_off"] = reverse("translations:take_off", args=[record.kind, record.source_key, row["code"]])
    return rows


def told_of(row: TranslationRequest) -> dict[str, Any]:
    """One request in words: `what` is asked, its state, who asks as what, and its page. No query."""
    state = STATES[row.state]
    return {
        "row": row,
        "what": WHAT_IS_ASKED[row.wants],
        "language": LANGUAGE_NAMES[row.into],
        "entered_as": EnteredAs(row.entered_as).label if row.entered_as else "",
        "state": Badge(state.feminine, state.tone),
        "next_step": state.next_step,
        "url": reverse("translations:request", args=[row.key]),
    }


def seen_mark(record: Record, into: str, last: TranslationRequest | None) -> str:
    """Names what stands in a language and what waits; another one, somebody was faster."""
    row = _public_in(record, into)
    public = [row.title, row.texts, row.kind, row.source] if row else []
    waits = [str(last.key), last.submitted_at.isoformat(), last.state] if last else []
    return digest_of({"public": public, "waits": waits, "original": original_digest(record)})


def begins_with(
    parts: Sequence[Part], record: Record, into: str, last: TranslationRequest | None, *, is_own: bool
) -> tuple[dict[str, str], dict[str, str]]:
    """What a form begins with by the fields of the parts, and how it was entered: what waits or came back
    of the same side, else what is public.
    """
    if last is not None and _can_go_on(last, is_own):
        texts = dict(last.texts)
        said = written_in(parts, str(texts.pop(TITLE, "")), texts)
        return said, {"entered_as": last.entered_as, "source": last.source}
    row = _public_in(record, into)
    if row is None:
        return {}, {}
    how = "machine" if row.kind == TranslationKind.MACHINE else row.made_by
    return written_in(parts, row.title, row.texts), {"entered_as": how, "source": row.source}


def _public_in(record: Record, into: str) -> RecordTranslation | None:
    return next((row for row in record.translations.all() if row.language == into), None)


def _can_go_on(last: TranslationRequest, is_own: bool) -> bool:
    is_open = last.state in (RequestState.SUBMITTED, *CAME_BACK) and bool(last.texts)
    return is_open and (last.entered_as == EnteredAs.ORGANIZATION) == is_own


def _waits(row: TranslationRequest) -> bool:
    return row.state == RequestState.SUBMITTED
