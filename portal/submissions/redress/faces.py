"""What is public of a text while its authors write it anew, without words or with them again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from portal.common.actors import Actor
from portal.publication import domain as ledger
from portal.publication.enums import RecordState
from portal.publication.models import Record
from portal.publication.projections import Projection, summary_of
from portal.publication.queries import as_published
from portal.submissions.cut_faces import put_in_again
from portal.submissions.cuts import TITLE, passages_of, redactions, without
from portal.submissions.models import Measure, Submission, SubmittedVersion
from portal.submissions.places import FILES
from portal.submissions.queries import content_of, newest_version, versions_of
from portal.submissions.redress.quotes import LeftOut, left_out_in, replaced
from portal.submissions.states import GIVEN
from portal.submissions.types import submission_type


def public_version(text: Submission, held: Sequence[Measure]) -> SubmittedVersion | None:
    """The submitted version of which readers read most, the newest of several; None for nothing public."""
    record = _public(text)
    if record is None:
        return None
    told = {(row.number, row): _alike(record, row, held) for row in versions_of(text)}
    likest = max(told, key=lambda each: (told[each], each[0]), default=None)
    return likest[1] if likest and told[likest] else None


def version_to_cut(text: Submission) -> SubmittedVersion | None:
    """What the secretariat marks passages in: what waits or is published, else what is public meanwhile."""
    if text.state in GIVEN:
        return newest_version(text)
    return public_version(text, redactions(text.kind, text.key))


def leave_out_of_public(
    text: Submission, measure: Measure, version: SubmittedVersion, *, actor: Actor, now: datetime
) -> None:
    """What the measure leaves out of that version; no version before and no translation stays."""
    record, hold = _public(text), redactions(text.kind, text.key)
    held = [row for row in hold if row.pk != measure.pk]
    if record is not None:
        face = put_in_again(as_published(record), version, held, hold)
        left = left_out_in(version, [row for row in hold if row.pk == measure.pk])
        ledger.publish(_without(face, left), actor=actor, now=now, forget=True)


def _without(face: Projection, left: Sequence[LeftOut]) -> Projection:
    """Also where somebody else has written the words since."""
    texts = {name: _replaced(value, left) for name, value in face.texts.items()}
    summary = face.summary if texts == face.texts else summary_of(" ".join(_strings(texts)))
    return replace(face, title=replaced(face.title, left), summary=summary, texts=texts, translations=())


def say_again(text: Submission, ended: Sequence[Measure], *, actor: Actor, now: datetime) -> None:
    """What these measures left out of what is public now, where that still stands as it was cut."""
    record, hold = _public(text), redactions(text.kind, text.key)
    held = sorted({row.pk: row for row in (*hold, *ended)}.values(), key=lambda row: row.pk)
    hold = [row for row in hold if row not in ended]
    version = public_version(text, held)
    if record is not None and version is not None:
        said = put_in_again(as_published(record), version, held, hold)
        ledger.publish(said, actor=actor, now=now, same_cuts=True)
        if any(cut.field == FILES for row in ended for cut in row.cuts.all()):
            submission_type(text.kind).after_put_back(text, actor, now)


def _public(text: Submission) -> Record | None:
    rows = Record.objects.filter(kind=text.kind, source_key=text.key, state=RecordState.PUBLISHED)
    return rows.select_related("organization").first()


def _alike(record: Record, version: SubmittedVersion, held: Sequence[Measure]) -> int:
    """How many texts of the record are those of the version, as it is cut."""
    content = content_of(version)
    if content is None:
        return 0
    told = without(content, passages_of(version, held))
    return sum(told.get(name) == text for name, text in {TITLE: record.title, **record.texts}.items() if text)


def _replaced(value: Any, left: Sequence[LeftOut]) -> Any:
    if isinstance(value, str):
        return replaced(value, left)
    return [replaced(each, left) for each in value]


def _strings(texts: Mapping[str, Any]) -> list[str]:
    return [value for value in texts.values() if isinstance(value, str)]
