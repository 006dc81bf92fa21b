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
from portal.submissions.cuts import TITLE, Passage, mark, passages_of, redactions, without
from portal.submissions.marking import LeftOut, replaced
from portal.submissions.models import Measure, Submission, SubmittedVersion
from portal.submissions.places import FILES, Content
from portal.submissions.queries import content_of, newest_version, public_version
from portal.submissions.redress.queries import is_public
from portal.submissions.states import STATES
from portal.submissions.types import submission_type


def versions_to_cut(text: Submission) -> list[SubmittedVersion]:
    """What the secretariat leaves words out of: what waits, then what is public. Three queries at most."""
    waits = newest_version(text) if text.state in STATES.waiting else None
    shown = public_version(text) if text.state in STATES.public or is_public(text) else None
    rows = dict.fromkeys(row for row in (waits, shown) if row is not None and row.content)
    return list(rows)


def leave_out_of_public(
    text: Submission, measure: Measure, version: SubmittedVersion, *, actor: Actor, now: datetime
) -> None:
    """What the measure leaves out of that version; no version before and no translation stays."""
    record, hold = _public(text), redactions(text.kind, text.key)
    held = [row for row in hold if row.pk != measure.pk]
    if record is not None:
        face = put_in_again(as_published(record), version, held, hold)
        told = without(content_of(version) or {}, passages_of(version, hold))
        own = passages_of(version, [row for row in hold if row.pk == measure.pk])
        ledger.publish(_without(face, told, own), actor=actor, now=now, forget=True)


def _without(face: Projection, told: Content, own: Sequence[Passage]) -> Projection:
    """Also where somebody else has written the words since, in the same text and as whole words."""
    said = {TITLE: face.title, **face.texts}
    cut = {name: _cut(said[name], name, face.language, told, own) for name in said}
    title, texts = cut[TITLE], {name: cut[name] for name in face.texts}
    summary = face.summary if texts == face.texts else summary_of(" ".join(_strings(texts)))
    return replace(face, title=title, summary=summary, texts=texts, translations=())


def _cut(value: Any, name: str, language: str, told: Content, own: Sequence[Passage]) -> Any:
    """As it is where it says already what is told of the version."""
    if value == told.get(name):
        return value
    left = [LeftOut(each.words, mark(each.ground, language)) for each in own if each.field == name]
    return _replaced(value, left)


def say_again(text: Submission, ended: Sequence[Measure], *, actor: Actor, now: datetime) -> None:
    """What these measures left out of what is public now, where that still stands as it was cut."""
    record, hold = _public(text), redactions(text.kind, text.key)
    held = sorted({row.pk: row for row in (*hold, *ended)}.values(), key=lambda row: row.pk)
    hold = [row for row in hold if row not in ended]
    version = public_version(text)
    if record is not None and version is not None:
        said = put_in_again(as_published(record), version, held, hold)
        ledger.publish(said, actor=actor, now=now, same_cuts=True)
        if any(cut.field == FILES for row in ended for cut in row.cuts.all()):
            submission_type(text.kind).after_put_back(text, actor, now)


def _public(text: Submission) -> Record | None:
    rows = Record.objects.filter(kind=text.kind, source_key=text.key, state=RecordState.PUBLISHED)
    return rows.select_related("organization").first()


def _replaced(value: Any, left: Sequence[LeftOut]) -> Any:
    if isinstance(value, str):
        return replaced(value, left, is_whole=True)
    return [replaced(each, left, is_whole=True) for each in value]


def _strings(texts: Mapping[str, Any]) -> list[str]:
    return [value for value in texts.values() if isinstance(value, str)]
