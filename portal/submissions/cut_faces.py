"""The public face of a text without what is left out of it, and with what is no longer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from portal.common.declarations import declared
from portal.publication.kinds import REDACTED, WITHHELD
from portal.publication.projections import Projection, summary_of
from portal.submissions.cuts import TITLE, Passage, cut_text, passages_of, redactions, without
from portal.submissions.models import Measure, Submission, SubmittedVersion
from portal.submissions.places import Content
from portal.submissions.queries import content_of, version_read

# Of a record: a mark may be longer than what it stands for.
LONGEST_TITLE = 300


def left_out(face: Projection, submission: Submission) -> Projection:
    """The public face without what is left out of what is public or waits, and without translations.

    Words that stand elsewhere than where they were submitted are left out wherever they stand. Two queries,
    one where nothing is left out.
    """
    measures = redactions(face.kind, face.source_key)
    version = version_read(submission) if measures else None
    passages = passages_of(version, measures) if version else []
    if not passages:
        return face
    texts = {name: _cut(text, name, passages, face.language) for name, text in face.texts.items()}
    grounds = dict.fromkeys(passage.ground for passage in passages)
    content = content_of(version) or {}
    return replace(
        face,
        title=_cut(face.title, TITLE, passages, face.language)[:LONGEST_TITLE],
        summary=_summary(face, texts),
        texts=texts,
        facts=_retold(face.facts, content, without(content, passages)) | {REDACTED: " ".join(grounds)},
        translations=(),
    )


def _retold(facts: Mapping[str, str], was: Content, now: Content) -> dict[str, str]:
    """Facts that are made of what was submitted tell what is left of it, where they tell of it at all."""
    old, new = _sent_facts(was), _sent_facts(now)
    kept = {name: value for name, value in facts.items() if name not in old}
    return kept | {name: new[name] for name in old if name in facts and name in new}


def _sent_facts(content: Content) -> dict[str, str]:
    return {name: value for of in declared("sent_facts") for name, value in of(content).items()}


def put_in_again(
    said: Projection, version: SubmittedVersion, held: Sequence[Measure], hold: Sequence[Measure]
) -> Projection:
    """What is public of a version with the words of those measures that `held` and do not `hold` any more.

    A text that does not stand in public as it was cut stays as it is.
    """
    content, left = content_of(version) or {}, passages_of(version, hold)
    cut, told = without(content, passages_of(version, held)), without(content, left)
    new = {name: told[name] for name, text in said.texts.items() if name in cut and cut[name] == text}
    texts, facts = said.texts | new, _facts_again(said.facts, cut, told)
    grounds = " ".join(dict.fromkeys(passage.ground for passage in left))
    has_title = cut.get(TITLE, "")[:LONGEST_TITLE] == said.title
    return replace(
        said,
        title=told[TITLE][:LONGEST_TITLE] if has_title else said.title,
        summary=_summary(said, texts) or said.summary,
        texts=texts,
        facts=facts | ({REDACTED: grounds} if grounds else {}),
    )


def _facts_again(said: Mapping[str, str], was: Content, now: Content) -> dict[str, str]:
    """Where a name is withheld no file is public, whatever was left out."""
    kept = {name: value for name, value in said.items() if name != REDACTED}
    if WITHHELD in said:
        return kept
    old, new = _sent_facts(was), _sent_facts(now)
    return kept | {name: value for name, value in new.items() if said.get(name) == old.get(name)}


def _cut(value: Any, name: str, passages: Sequence[Passage], language: str) -> Any:
    own = [passage for passage in passages if passage.field == name]
    if isinstance(value, str):
        return cut_text(value, [passage for passage in own if passage.item is None], language)
    return [
        cut_text(text, [passage for passage in own if passage.item == item], language)
        for item, text in enumerate(value)
    ]


def _summary(face: Projection, texts: Mapping[str, Any]) -> str:
    """Of the same text as before."""
    beginning = face.summary.removesuffix(" …")
    for name, text in face.texts.items():
        if isinstance(text, str) and " ".join(text.split()).startswith(beginning):
            return summary_of(texts[name])
    return ""
