"""The thread through a record or a guiding question, from the public ledger and the public pages.

Record pages, question pages and `portal.followup.thread` call it; the number of queries does not
depend on how much hangs together.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.cms.queries import pages_by_key
from portal.publication.enums import RecordKind, Relation, Stage
from portal.publication.listing import foreign
from portal.publication.models import Record
from portal.publication.queries import in_language, linking_to, of_organization, published, targets, titled

# A stage with more than this stands as a number with a link to where all of it is listed.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Joint:
    """One thing on the thread: `language` of its title, `url` for the reader, `author` an organization."""

    id: str
    kind: str
    title: str
    url: str
    language: str
    author: str = ""


Thread = dict[Stage, tuple[Joint, ...]]


def thread_of_record(record: Record, language: str) -> Thread:
    """Through a published record. At most seven queries; uses its prefetched links."""
    interventions = list(_interventions_of(record, language))
    pledges = list(_pledges_of(record, interventions, language))
    keys = dict.fromkeys(key for row in interventions for key in targets(row, Relation.ANSWERS))
    return _thread(keys, interventions, pledges, language)


def thread_of_question(key: UUID, language: str) -> Thread:
    """Through a guiding question: what answers it and what came of that. At most seven queries."""
    interventions = list(_light(linking_to(Relation.ANSWERS, [key]), language))
    pledges = list(_following(interventions, language))
    return _thread([str(key)], interventions, pledges, language)


def joint(record: Record, language: str) -> Joint:
    title, spoken = titled(record, language)
    author = record.organization.title if record.organization else ""
    return Joint(record.public_id, record.kind, title, record.path(language), spoken, author)


def steps(thread: Thread, here: Stage, language: str) -> list[dict[str, Any]]:
    """Inputs of `components/thread.html` for a page that stands at `here`."""
    return [step for stage in Stage for step in _steps_of(stage, thread[stage], stage == here, language)]


def _steps_of(
    stage: Stage, joints: Collection[Joint], is_here: bool, language: str
) -> Iterable[dict[str, Any]]:
    if is_here:
        yield {"label": HERE[stage](), "current": True}
    elif not joints:
        yield {"label": stage.label, "note": _("none yet")}
    elif len(joints) > NAMED:
        yield {"label": counted(stage, len(joints)), "url": f"#{stage.value}"}
    else:
        for row in joints:
            yield {
                "label": row.title,
                "url": row.url,
                "lang": foreign(row.language, language),
                "note": stage.label,
            }


def counted(stage: Stage, number: int) -> str:
    """A number with its noun, such as "4 interventions"."""
    return NUMBERS[stage](number) % {"number": number}


HERE = {
    Stage.QUESTION: lambda: _("This question"),
    Stage.INTERVENTION: lambda: _("This contribution"),
    Stage.PLEDGE: lambda: _("This pledge"),
}
NUMBERS = {
    Stage.QUESTION: lambda n: ngettext("%(number)s guiding question", "%(number)s guiding questions", n),
    Stage.INTERVENTION: lambda n: ngettext("%(number)s intervention", "%(number)s interventions", n),
    Stage.PLEDGE: lambda n: ngettext("%(number)s pledge", "%(number)s pledges", n),
}


def _interventions_of(record: Record, language: str) -> Iterable[Record]:
    if record.kind == RecordKind.INTERVENTION:
        return [record]
    if record.kind == RecordKind.PLEDGE:
        keys = targets(record, Relation.FOLLOWS)
        rows = published(RecordKind.INTERVENTION).filter(source_key__in=keys)
    else:
        rows = of_organization(record, RecordKind.INTERVENTION)
    return _light(rows, language).prefetch_related("links")


def _pledges_of(record: Record, interventions: list[Record], language: str) -> Iterable[Record]:
    if record.kind == RecordKind.PLEDGE:
        return [record]
    if record.kind == RecordKind.INTERVENTION:
        return _following(interventions, language)
    return _light(of_organization(record, RecordKind.PLEDGE), language)


def _following(interventions: list[Record], language: str) -> Iterable[Record]:
    return _light(linking_to(Relation.FOLLOWS, [row.source_key for row in interventions]), language)


def _light(rows: QuerySet[Record], language: str) -> QuerySet[Record]:
    """Without their texts: a thread needs titles only."""
    return in_language(rows, language).defer("texts", "facts", "summary")


def _thread(
    question_keys: Iterable[str], interventions: Iterable[Record], pledges: Iterable[Record], language: str
) -> Thread:
    pages = pages_by_key(list(question_keys), language)
    thread: Thread = dict.fromkeys(Stage, ())
    thread[Stage.QUESTION] = tuple(
        Joint(str(page.key), Stage.QUESTION.value, page.title, page.url, page.language)
        for page in pages.values()
    )
    thread[Stage.INTERVENTION] = tuple(joint(row, language) for row in interventions)
    thread[Stage.PLEDGE] = tuple(joint(row, language) for row in pledges)
    return thread
