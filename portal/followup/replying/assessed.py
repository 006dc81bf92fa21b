"""The assessment that a reply speaks to, as everybody reads it: for who replies and for who decides."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.common.formatting import day
from portal.common.reviews import Fact, Link
from portal.followup.assessing.records import basis_of, completion_of, replies_until
from portal.followup.enums import Confidence
from portal.followup.models.assessments import Assessment
from portal.followup.replying.drafts import record_of
from portal.publication.models import Record
from portal.publication.queries import reading
from portal.records.trace_links import foreign


@dataclass(frozen=True, slots=True)
class Assessed:
    """`until` is the last day of a reply; `lang` that of title and text where it is not the reader's."""

    number: str
    title: str
    url: str
    lang: str
    facts: tuple[Fact, ...]
    text: str
    until: str


def assessed(assessment: Assessment | None, language: str) -> Assessed | None:
    """None without one that is public. Two queries at most."""
    record = record_of(assessment) if assessment else None
    return _assessed(record, language) if record else None


def public_facts(assessment: Assessment | None, language: str) -> tuple[Fact, ...]:
    """The same as short facts."""
    told = assessed(assessment, language)
    if told is None:
        return ()
    title = Fact(_("Assessment"), links=(Link(f"{told.number}: {told.title}", told.url, told.lang),))
    return (title, *told.facts, Fact(_("Finding"), links=(Link(told.text, lang=told.lang),)))


def _assessed(record: Record, language: str) -> Assessed:
    told = reading(record, language)
    until = day(replies_until(record))
    return Assessed(
        number=record.public_id,
        title=told.title,
        url=record.path(language),
        lang=foreign(told.language, language),
        facts=(
            Fact(_("Completion"), completion_of(record).label),
            Fact(_("Confidence"), Confidence(record.facts["confidence"]).label),
            Fact(_("Evidence"), basis_of(record).label),
            Fact(_("Last day for a reply"), until),
        ),
        text=str(told.texts.get("text", "")),
        until=until,
    )
