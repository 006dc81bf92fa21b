"""Writes a file of conclusions into a draft, again and again without doubling; the command calls it.

A file in the language of the draft decides its tree. A file in another language is its official
translation: it adds texts to the parts that are there, and what pairs with none is told.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.common import events
from portal.common.actors import Actor, Group
from portal.common.errors import NotAllowed
from portal.conclusions.document import Document
from portal.conclusions.importing.carrying import carry_over
from portal.conclusions.importing.matching import match_structure, match_words
from portal.conclusions.importing.participants import ParticipantWriter
from portal.conclusions.importing.reports import ConclusionsReport
from portal.conclusions.importing.rows import Settler
from portal.conclusions.importing.targets import SourceFile, version_for
from portal.conclusions.importing.tree import TreeWriter
from portal.conclusions.importing.versions import begin_translation, inherit_keys
from portal.conclusions.models import Conclusions, Part, Source
from portal.conclusions.trees import branches_of


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
    if not actor.has(Group.EDITOR):
        raise NotAllowed
    report = ConclusionsReport(document=document)
    with transaction.atomic():
        draft = version_for(consultation_key, source=source, actor=actor, now=now, replace=replace)
        report.conclusions = draft
        if not draft.is_editable:
            report.is_public = True
            report.unchanged = sum(1 for _node in document.nodes())
        else:
            _write(document, report, draft, source=source, now=now)
        if report.created or report.updated:
            _record(report, draft, language=source.language, actor=actor, now=now)
        if dry_run:
            transaction.set_rollback(True)
    return report


def _write(
    document: Document, report: ConclusionsReport, draft: Conclusions, *, source: SourceFile, now: datetime
) -> None:
    language, settler = source.language, Settler(report)
    has_parts = Part.with_removed.filter(conclusions=draft).exists()
    is_translation = language != draft.language if has_parts else begin_translation(draft, language)
    branches = branches_of(draft, with_removed=True)
    match = match_structure if is_translation else match_words
    matches = match(document.parts, branches, language)
    keys = {} if branches else inherit_keys(draft, document, language)
    writer = TreeWriter(draft, language, settler, branches, matches, keys)
    if is_translation:
        writer.translate(document.parts, draft.language)
    else:
        writer.write(document.parts)
    ParticipantWriter(draft, language, settler, is_translation).write(document.categories)
    carry_over(draft)
    _remember(draft, source, changed=settler.changed, now=now)


def _remember(draft: Conclusions, source: SourceFile, *, changed: bool, now: datetime) -> None:
    """Which file gave the text; the draft counts as saved only where something changed."""
    known = draft.sources.filter(language=source.language, digest=source.digest).exists()
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
