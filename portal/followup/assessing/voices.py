"""Three voices side by side on the page of a pledge or an action: parties, commission, observatory.

Each stands as it spoke, a silent one says so; where they differ it is said in words, and nothing is averaged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.common.formatting import colon, day
from portal.followup.assessing.records import STAGES, basis_of, completion_of
from portal.followup.enums import BodyKind, Confidence
from portal.pledges import facts
from portal.pledges.enums import Completion, Fulfilment, ReportedBy, ReportedStage
from portal.publication.models import Record
from portal.publication.queries import reading
from portal.records.trace_links import foreign
from portal.reports.records import REPORT, tier_of

SAYS = {
    ReportedStage.PLANNING: gettext_lazy("They are planning it."),
    ReportedStage.IN_PROGRESS: gettext_lazy("It is in progress."),
    ReportedStage.FULFILLED: gettext_lazy("They say that it is fulfilled."),
}
# What a body finds that agrees with what the parties say.
AGREES = {
    ReportedStage.PLANNING: {Completion.NOT_STARTED},
    ReportedStage.IN_PROGRESS: {Completion.LIMITED, Completion.SUBSTANTIAL},
    ReportedStage.FULFILLED: {Completion.COMPLETE},
}
QUOTED = 40


@dataclass(frozen=True, slots=True)
class BodyVoice:
    """A kind of body with a voice: its heading, what it is called, the colour of its bar."""

    kind: BodyKind
    title: Any
    called: Any
    tone: str


BODIES = (
    BodyVoice(
        BodyKind.COMMISSION, gettext_lazy("The commission finds"), gettext_lazy("The commission"), "sun"
    ),
    BodyVoice(
        BodyKind.OBSERVATORY, gettext_lazy("The observatory notes"), gettext_lazy("The observatory"), "good"
    ),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """Of the public pledges that carry out an action: how many, with a report, claimed; the newest report."""

    every: int
    reported: int
    claimed: int
    newest: date | None


def newest_of(rows: Iterable[Record]) -> dict[str, Record]:
    """The newest finding of each kind of body; rows newest first."""
    newest: dict[str, Record] = {}
    for row in rows:
        newest.setdefault(str(row.facts.get("voice", "")), row)
    return newest


def bodies(rows: Sequence[Record], goals: int, language: str) -> list[dict[str, Any]]:
    """Inputs of `components/voices.html`; `goals` are how many assessments are of one goal alone."""
    newest = newest_of(rows)
    return [
        _spoken(voice, newest[voice.kind], language) if voice.kind in newest else _silent(voice, goals)
        for voice in BODIES
    ]


def _spoken(voice: BodyVoice, row: Record, language: str) -> dict[str, Any]:
    told = reading(row, language)
    confidence = Confidence(row.facts["confidence"]).label
    return {
        "title": voice.title,
        "text": completion_of(row).label,
        "quote": _shortened(str(told.texts.get("text", ""))),
        "quote_lang": foreign(told.language, language),
        "note": _("%(evidence)s. Confidence: %(confidence)s. Published on %(date)s")
        % {"evidence": basis_of(row).label, "confidence": confidence, "date": day(row.published_at)},
        "url": row.path(language),
        "link": row.public_id,
        "tone": voice.tone,
    }


def _silent(voice: BodyVoice, goals: int) -> dict[str, Any]:
    note = (
        ngettext(
            "Nobody has assessed the whole of it; %(number)s assessment is of a goal alone.",
            "Nobody has assessed the whole of it; %(number)s assessments are of a goal alone.",
            goals,
        )
        % {"number": goals}
        if goals
        else _("It has not assessed it.")
    )
    return {"title": voice.title, "text": _("Nothing yet."), "note": note, "tone": voice.tone}


def parties(record: Record, reports: Sequence[Record], language: str) -> dict[str, Any]:
    """What the parties of a pledge claim, with their newest report; `reports` newest first."""
    voice = {"title": _("The parties say"), "text": _claim(record), "note": _reported(record)}
    if not reports:
        return voice
    newest = reports[0]
    told = reading(newest, language)
    number = REPORT.counted(len(reports)) % {"number": len(reports)}
    return {
        **voice,
        "quote": _shortened(str(told.texts.get("text", ""))),
        "quote_lang": foreign(told.language, language),
        "note": f"{voice['note']} · {number} · {tier_of(newest).label}",
        "url": newest.path(language),
        "link": newest.public_id,
    }


def _claim(record: Record) -> str:
    stage, checked = facts.stage_of(record), facts.fulfilment(record)
    if stage != ReportedStage.FULFILLED or checked != Fulfilment.CLAIMED:
        return str(SAYS[stage])
    if record.facts.get("assessed"):
        return _("They say that it is fulfilled. It stays a claim: nobody has checked all of it on evidence.")
    return _("They say that it is fulfilled. Nobody has checked this yet.")


def _reported(record: Record) -> str:
    reported_on = facts.reported_on(record)
    if reported_on is None:
        return _("They said so when they pledged and have not reported since.")
    told = {"date": day(reported_on)}
    if record.facts.get("reported_by") == ReportedBy.SOURCE:
        return _("Reported on %(date)s, according to the source") % told
    return _("Reported on %(date)s") % told


def parties_of_action(counted: Counted) -> dict[str, Any]:
    """What the parties of the pledges that carry out an action say, in numbers."""
    voice = {"title": _("The parties say"), "tone": ""}
    if not counted.every:
        return voice | {"text": _("Nothing yet."), "note": _("Nobody carries it out.")}
    told = (
        (ngettext("%(number)s pledge carries it out.", "%(number)s pledges carry it out.", counted.every)),
        ngettext(
            "%(number)s is claimed as fulfilled.", "%(number)s are claimed as fulfilled.", counted.claimed
        ),
        ngettext("%(number)s has a report", "%(number)s have a report", counted.reported),
    )
    numbers = (counted.every, counted.claimed, counted.reported)
    every, claimed, reported = (
        words % {"number": number} for words, number in zip(told, numbers, strict=True)
    )
    last = [_("Reported on %(date)s") % {"date": day(counted.newest)}] if counted.newest else []
    return voice | {"text": f"{every} {claimed}", "note": " · ".join([reported, *last])}


def difference(rows: Iterable[Record], stage: ReportedStage | None = None) -> str:
    """That the voices differ, with what each says; empty where they agree or one alone has spoken."""
    newest = newest_of(rows)
    spoken = [(voice, completion_of(newest[voice.kind])) for voice in BODIES if voice.kind in newest]
    completions = {completion for _voice, completion in spoken}
    against_claim = stage is not None and bool(completions - AGREES[stage])
    if len(completions) < 2 and not against_claim:  # one word says nothing different
        return ""
    words = [(str(voice.called), _lower(str(completion.label))) for voice, completion in spoken]
    if stage is not None:
        words.insert(0, (_("The parties"), str(STAGES[stage])))
    said = " · ".join(f"{colon(who)} {what}" for who, what in words)
    return _("The voices differ. %(said)s. Each stands as it spoke; no mean is taken.") % {"said": said}


def _lower(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"


def _shortened(text: str) -> str:
    words = text.split()
    return text if len(words) <= QUOTED else f"{' '.join(words[:QUOTED])} …"
