"""Writes a file of conclusions into a draft, again and again without doubling; the command calls it.

A file in the language of the draft decides its tree. A file in another language is its official
translation: it adds texts to the parts that are there, and what pairs with none is told.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import NotAllowed
from portal.conclusions.document import Document
from portal.conclusions.enums import PartKind
from portal.conclusions.evidence_queries import current_recommendations
from portal.conclusions.importing.carrying import carry_over, left_behind
from portal.conclusions.importing.kept import backed_parts, edited_parts, same_in
from portal.conclusions.importing.languages import words_of_another
from portal.conclusions.importing.matching import match_structure, match_words
from portal.conclusions.importing.participants import ParticipantWriter
from portal.conclusions.importing.reports import ConclusionsReport, Notice
from portal.conclusions.importing.rows import Settler
from portal.conclusions.importing.targets import SourceFile, version_for
from portal.conclusions.importing.tree import TreeWriter
from portal.conclusions.importing.versions import begin_next, earlier_versions, inherit_keys
from portal.conclusions.models import Conclusions, Source
from portal.conclusions.rules import may_back
from portal.conclusions.trees import Branch, branches_of


def import_document(
    document: Document,
    *,
    source: SourceFile,
    consultation_key: UUID,
    actor: Actor,
    now: datetime,
    replace: bool = False,
    dry_run: bool = False,
) -> ConclusionsReport:
    """Create and update a draft; all of it or nothing. A dry run counts the same and keeps nothing.

    Raises `Undecided` where a draft of another file is open. A file that gave the public version its
    text changes nothing.
    """
    if not may_back(actor):
        raise NotAllowed
    report = ConclusionsReport(document=document)
    with transaction.atomic():
        draft = version_for(consultation_key, source=source, actor=actor, now=now, replace=replace)
        report.conclusions = draft
        if not draft.is_editable:
            report.is_public = True
            report.unchanged = sum(1 for _node in document.nodes())
        elif _write(document, report, draft, source=source, now=now):
            _record(report, draft, language=source.language, actor=actor, now=now)
        if dry_run:
            transaction.set_rollback(True)
    return report


def _write(
    document: Document, report: ConclusionsReport, draft: Conclusions, *, source: SourceFile, now: datetime
) -> bool:
    """True when it changed anything."""
    settler = Settler(report)
    is_next = begin_next(draft, document, source.language)
    branches = branches_of(draft, with_removed=True)
    if branches and source.language != draft.language:
        _write_translation(document, draft, source.language, settler, branches)
    else:
        _write_tree(document, draft, source, settler, branches, is_next=is_next)
    if is_next:
        carry_over(draft)
        for line in left_behind(draft):
            report.tell(Notice.LEFT_BEHIND, line)
    _tell_doubled(draft, report)
    _tell_withdrawn(draft, report)
    _remember(draft, source, changed=settler.changed, now=now)
    return settler.changed or is_next


def _write_tree(
    document: Document,
    draft: Conclusions,
    source: SourceFile,
    settler: Settler,
    branches: Sequence[Branch],
    *,
    is_next: bool,
) -> None:
    """A next version leaves what it has not with the version before; a draft keeps what others rely on."""
    backed = same_in(draft, earlier_versions(draft).first()) if is_next else backed_parts(draft)
    kept = edited_parts(branches) | (set() if is_next else backed)
    matches = match_words(document.parts, branches, source.language, kept)
    keys = inherit_keys(draft, document, source.language, matches)
    writer = TreeWriter(draft, source.language, settler, branches, matches, keys, kept, backed, is_next)
    writer.write(document.parts, is_known_file=_is_known(draft, source))
    ParticipantWriter(draft, source.language, settler, is_translation=False).write(document.categories)


def _write_translation(
    document: Document, draft: Conclusions, language: str, settler: Settler, branches: Sequence[Branch]
) -> None:
    matches = match_structure(document.parts, branches, language)
    for said in words_of_another(document, matches, language):
        settler.report.tell(Notice.SAME_WORDS, said)
    writer = TreeWriter(draft, language, settler, branches, matches)
    writer.translate(document.parts, draft.language)
    ParticipantWriter(draft, language, settler, is_translation=True).write(document.categories)


def _tell_doubled(draft: Conclusions, report: ConclusionsReport) -> None:
    parts = draft.parts.filter(kind=PartKind.RECOMMENDATION).exclude(number="")
    counts = Counter(parts.values_list("number", flat=True))
    for number, count in counts.items():
        if count > 1:
            report.tell(Notice.DOUBLED, f"{number} ({count})")


def _tell_withdrawn(draft: Conclusions, report: ConclusionsReport) -> None:
    """Public recommendations that the draft has no more, whoever took them out."""
    parts = draft.parts.filter(kind=PartKind.RECOMMENDATION)
    kept = set(parts.values_list("key", flat=True))
    for record in current_recommendations(draft.consultation_key):
        if record.source_key not in kept:
            report.tell(Notice.WITHDRAWN, f"{record.public_id} {record.title}")


def _is_known(draft: Conclusions, source: SourceFile) -> bool:
    return draft.sources.filter(language=source.language, digest=source.digest).exists()


def _remember(draft: Conclusions, source: SourceFile, *, changed: bool, now: datetime) -> None:
    """Which file gave the text; the draft counts as saved only where something changed."""
    known = _is_known(draft, source)
    if not known:
        facts = {"file_name": source.name, "digest": source.digest, "imported_at": now}
        Source.objects.update_or_create(conclusions=draft, language=source.language, defaults=facts)
    if changed or not known:
        draft.updated_at = now
        draft.save(update_fields=["updated_at"])


def _record(
    report: ConclusionsReport, draft: Conclusions, *, language: str, actor: Actor, now: datetime
) -> None:
    details: dict[str, object] = {
        "language": language,
        "created": report.created,
        "updated": report.updated,
    }
    events.record("imported", kind="conclusions", key=draft.key, actor=actor, now=now, details=details)
