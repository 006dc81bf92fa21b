"""The lists of the rooms in words: rows with what is next, a total, what is hidden; views hand them out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.desk_duties import days_left, tone_of
from portal.common.formatting import day
from portal.followup.assessing.records import completion_of, replies_until
from portal.followup.assessing.submission import ASSESSMENT
from portal.followup.queries import reminded_on
from portal.followup.rooms.commission import Silent, Waiting
from portal.pledges.standing import Standing
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import in_language, published, titled
from portal.records.trace_links import foreign
from portal.submissions.types import start_address

FIRST = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A line: what it is, what is known of it, and on the right what to do next or a state.

    Cards tell of it the public number, one thing that is `known`, since when it waits and its `silence`.
    """

    title: str
    url: str
    meta: tuple[str, ...] = ()
    lang: str = ""
    above: str = ""
    above_lang: str = ""
    action: str = ""
    action_url: str = ""
    badge: str = ""
    tone: str = ""
    number: str = ""
    known: str = ""
    since: date | None = None
    silence: str = ""

    @property
    def told(self) -> str:
        return " · ".join(filter(None, self.meta))


@dataclass(frozen=True, slots=True)
class Part:
    """One list with its total. `more` leads to all of it, `none` is said where it is empty."""

    slug: str
    title: str
    number: int
    rows: Sequence[Row]
    none: str
    of_all: int | None = None
    rest: Sequence[Row] = ()
    more: str = ""
    more_url: str = ""
    notes: tuple[str, ...] = ()
    is_now: bool = False

    @property
    def told(self) -> str:
        return " ".join(filter(None, self.notes))


def hidden(number: int) -> str:
    """What a conflict of interest takes out, in words; empty for nothing."""
    if not number:
        return ""
    return ngettext(
        "%(number)s is hidden from you: your organization is a party.",
        "%(number)s are hidden from you: your organization is a party.",
        number,
    ) % {"number": number}


def silent_means() -> str:
    """Beside every number of silent pledges: it is none of those that a cycle asks for."""
    return _("Silent: without a report of the last twelve months, or ever, and not called fulfilled.")


def records_of(rows: Collection[int], language: str) -> dict[int, Record]:
    """The pledges of a page, by their rows. Two queries, none without rows."""
    if not rows:
        return {}
    shown = published(RecordKind.PLEDGE).filter(pk__in=rows).defer("texts")
    return {row.pk: row for row in in_language(shown, language)}


def silent_rows(rows: Sequence[Silent], language: str, today: date) -> list[Row]:
    """Three queries."""
    records = records_of([row.standing.pk for row in rows], language)
    keepers = {row.organization.source_key for row in records.values() if row.organization}
    reminded = reminded_on(keepers) if keepers else {}
    return [
        _silent(row, records[row.standing.pk], language, today, reminded)
        for row in rows
        if row.standing.pk in records
    ]


def waiting_rows(rows: Sequence[Waiting], language: str) -> list[Row]:
    """Two queries."""
    records = records_of([row.standing.pk for row in rows], language)
    return [_waiting(row, records[row.standing.pk], language) for row in rows if row.standing.pk in records]


def waiting_part(rows: Sequence[Waiting], hidden_ones: int, language: str) -> Part:
    """The first of them, and the way to all. Two queries."""
    number = len(rows)
    return Part(
        "waiting",
        _("Assessments waiting"),
        number,
        waiting_rows(rows[:FIRST], language),
        _("Nothing waits for an assessment."),
        more=_("All %(number)s") % {"number": number} if number > FIRST else "",
        more_url=reverse("followup_desk:waiting"),
        notes=(hidden(hidden_ones),),
    )


def reply_rows(rows: Sequence[Record], language: str, today: date) -> list[Row]:
    """No query."""
    return [_reply(row, language, today) for row in rows]


def _named(record: Record, language: str) -> dict[str, Any]:
    title, spoken = titled(record, language)
    return {"title": title, "lang": foreign(spoken, language)}


def _silent(row: Silent, record: Record, language: str, today: date, reminded: Mapping[UUID, date]) -> Row:
    """Whom to contact stands first, then for what; of contacts nothing to who may not note them."""
    number, named, may = record.public_id, _named(record, language), row.may_contact
    address = reverse("followup_desk:contact", args=[number])
    silence, contacts = _silence(row.standing, today), _contacts(row) if may else ""
    return Row(
        record.author_name or number,
        address if may else record.path(language),
        (number, silence, contacts, _reminded(record, reminded)),
        above=named["title"],
        above_lang=named["lang"],
        action=_("Note a contact") if may and not row.contacted.is_waiting(today) else "",
        action_url=f"{address}#note",
        badge=_wait(row, today),
        number=number,
        known=contacts,
        since=row.standing.since,
        silence=silence,
    )


def _silence(standing: Standing, today: date) -> str:
    if not standing.is_reported:
        return _("never reported")
    months = standing.silent_for(today)
    return ngettext("silent %(number)s month", "silent %(number)s months", months) % {"number": months}


def _contacts(row: Silent) -> str:
    last = row.contacted.last
    if last is None:
        return _("no contact noted")
    told = ngettext(
        "%(number)s contact, the last on %(date)s",
        "%(number)s contacts, the last on %(date)s",
        row.contacted.number,
    )
    return told % {"number": row.contacted.number, "date": day(last)}


def _reminded(record: Record, reminded: Mapping[UUID, date]) -> str:
    """The mail of the portal itself."""
    on = reminded.get(record.organization.source_key) if record.organization else None
    return _("reminded on %(date)s") % {"date": day(on)} if on else ""


def _wait(row: Silent, today: date) -> str:
    until = row.contacted.wait_until
    return _("wait until %(date)s") % {"date": day(until)} if until and until >= today else ""


def _waiting(row: Waiting, record: Record, language: str) -> Row:
    told = _("claimed fulfilled") if not row.standing.is_active else _("its last day has passed")
    assess = start_address(ASSESSMENT, "pledge", row.standing.key)
    badges = {
        "yours": (_("yours"), "brand"),
        "theirs": (_("in work"), ""),
        "": (_("nobody has begun it"), "warn"),
    }
    badge, tone = badges[row.whose]
    return Row(
        url=ASSESSMENT.address("detail", row.draft) if row.draft else record.path(language),
        meta=(record.public_id, told, record.author_name),
        action=_("Assess") if not row.whose else "",
        action_url=assess,
        badge=badge,
        tone=tone,
        number=record.public_id,
        known=told,
        **_named(record, language),
    )


def _reply(record: Record, language: str, today: date) -> Row:
    until = replies_until(record)
    return Row(
        url=record.path(language),
        meta=(
            record.public_id,
            str(completion_of(record).label),
            _("published %(date)s") % {"date": day(record.published_at)},
        ),
        badge=days_left(until, today),
        tone=tone_of(until, today),
        **_named(record, language),
    )
