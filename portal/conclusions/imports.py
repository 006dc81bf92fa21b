"""Writes a file of conclusions into a draft, again and again without doubling; the command calls it.

A file in the language of the draft decides its tree. A file in another language is its official
translation: it adds texts to the parts that are there, and what pairs with none is told.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from portal.common import events
from portal.common.actors import Actor, Group
from portal.common.errors import NotAllowed
from portal.conclusions.document import Category, Document, Node, Unplaced
from portal.conclusions.matching import Matches, match_structure, match_words, text_values
from portal.conclusions.models import (
    Conclusions,
    Footnote,
    Part,
    ParticipantCategory,
    ParticipantText,
    PartText,
    Source,
)
from portal.conclusions.targets import SourceFile, has_text, version_for
from portal.conclusions.trees import Branch, branches_of
from portal.conclusions.versions import copy_version, inherit_keys
from portal.conclusions.writing import Settler, Values, is_edited, part_values, worst
from portal.tables.report import Outcome, Report

TEXT_FIELDS = ("label", "heading", "body")


@dataclass(slots=True)
class ConclusionsReport(Report):
    """Its errors are parts left as they are: the file says something new, and so does an editor.

    `missing` are parts of an earlier import that the file no longer has and that somebody changed;
    `unpaired` are pieces of a translation that go with no part of the tree, `untranslated` the parts of the
    tree that it leaves without one.
    """

    document: Document | None = None
    conclusions: Conclusions | None = None
    missing: list[str] = field(default_factory=list)
    unpaired: list[Unplaced] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)
    is_public: bool = False


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

    Raises `Undecided` where a draft of another file is open.
    """
    if not actor.has(Group.EDITOR):
        raise NotAllowed
    report = ConclusionsReport(document=document)
    with transaction.atomic():
        draft = version_for(consultation_key, source=source, actor=actor, now=now, replace=replace)
        report.conclusions = draft
        if not draft.is_editable:
            report.is_public = True
            report.unchanged = sum(1 for _node in document.walk())
            return report
        _Import(report, draft, source, now).run(document)
        if report.created or report.updated:
            details: dict[str, object] = {
                "language": source.language,
                "created": report.created,
                "updated": report.updated,
            }
            events.record(
                "imported", kind="conclusions", key=draft.key, actor=actor, now=now, details=details
            )
        if dry_run:
            transaction.set_rollback(True)
    return report


class _Import:
    """One run: the tree as it is, the matches, and the rows that are written."""

    def __init__(
        self, report: ConclusionsReport, draft: Conclusions, source: SourceFile, now: datetime
    ) -> None:
        self.report, self.draft, self.source, self.now = report, draft, source, now
        self.language = source.language
        self.settler = Settler(report)
        self.branches: list[Branch] = []
        self.matches: Matches = {}

    def run(self, document: Document) -> None:
        is_translation = self._is_translation()
        self.branches = branches_of(self.draft)
        match = match_structure if is_translation else match_words
        self.matches = match(document.parts, self.branches, self.language)
        if is_translation:
            self._translate(document)
        else:
            self._write_tree(document)
        self._write_participants(document.categories, is_translation=is_translation)
        self._remember()

    def _is_translation(self) -> bool:
        """A new draft takes the tree of the public version where that has no text in this language yet."""
        if self.draft.parts.exists():
            return self.language != self.draft.language
        public = Conclusions.objects.filter(
            consultation_key=self.draft.consultation_key, number__lt=self.draft.number
        )
        latest = public.order_by("-number").first()
        if latest is None or has_text(latest, self.language) or not latest.parts.exists():
            return False
        copy_version(latest, self.draft)
        return True

    def _write_tree(self, document: Document) -> None:
        order = [branch.part for branch in self.branches]
        keys = inherit_keys(self.draft, document, self.language) if not order else {}
        before: Part | None = None
        parts: dict[int, Part] = {}
        for parent, node in _with_parents(document.parts):
            branch = self.matches.get(id(node))
            above = parts[id(parent)] if parent is not None else None
            part = branch.part if branch else Part(conclusions=self.draft, kind=node.kind, position=0)
            values: Values = {
                "kind": str(node.kind.value),
                "number": node.number,
                "parent": str(above.key) if above else "",
            }
            if branch is None:
                part.key = keys.get(id(node), part.key)
                part.parent, part.number = above, node.number
                outcome = self.settler.create(part, values)
                order.insert(order.index(before) + 1 if before is not None else 0, part)
            else:
                outcome = self._settle_part(part, values, above, node.where)
            parts[id(node)] = before = part
            self.report.count(worst(outcome, self._write_text(part, branch, node)))
            self._write_notes(part, branch, node)
        self._remove(order)
        _put_in_order(order)

    def _settle_part(self, part: Part, values: Values, above: Part | None, where: str) -> Outcome:
        """An unchanged part moves with the file; one that an editor moved stays where it is."""
        moved = part_values(part)["parent"] != values["parent"]
        outcome = self.settler.settle(part, values, where)
        if moved and outcome == Outcome.UPDATED:
            part.parent = above
            part.save()
        return outcome

    def _write_text(self, part: Part, branch: Branch | None, node: Node) -> Outcome:
        values = text_values(node)
        row = branch.texts.get(self.language) if branch else None
        if row is not None:
            return self.settler.settle(row, values, node.where)
        text = PartText(part=part, language=self.language, is_official=True, **values)
        return self.settler.create(text, values)

    def _write_notes(self, part: Part, branch: Branch | None, node: Node) -> None:
        rows = (
            {row.number: row for row in branch.footnotes if row.language == self.language} if branch else {}
        )
        for note in node.notes:
            values: Values = {"text": note.text}
            row = rows.pop(note.number, None)
            if row is not None:
                outcome = self.settler.settle(row, values, node.where)
            else:
                new = Footnote(part=part, language=self.language, number=note.number, text=note.text)
                outcome = self.settler.create(new, values)
            self.report.count(outcome)
        for row in rows.values():
            self._drop(row, ("text",), f"{node.where}, [{row.number}]")

    def _remove(self, order: list[Part]) -> None:
        """Parts that an import made and the file no longer has; from below, none with a child that stays."""
        kept = {id(branch) for branch in self.matches.values()}
        gone: set[int] = set()
        for branch in reversed(self.branches):
            if id(branch) in kept or not branch.part.import_digest:
                continue
            text = branch.texts.get(self.language)
            edited = is_edited(branch.part, ()) or text is None or is_edited(text, TEXT_FIELDS)
            has_children = any(child.part.pk not in gone for child in branch.children)
            name = text.heading or text.body[:120] if text else str(branch.part)
            pk = branch.part.pk
            if edited or has_children or not self._delete(branch.part):
                self.report.missing.append(name)
            else:
                gone.add(pk)
        order[:] = [part for part in order if part.pk is not None]

    def _drop(self, row: Footnote | ParticipantCategory, names: tuple[str, ...], name: str) -> None:
        if is_edited(row, names) or not self._delete(row):
            self.report.missing.append(name)

    def _delete(self, row: Part | Footnote | ParticipantCategory) -> bool:
        """Not what something else refers to."""
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError:
            return False
        self.settler.changed = True
        return True

    def _translate(self, document: Document) -> None:
        for node in document.walk():
            branch = self.matches.get(id(node))
            if branch is None:
                self.report.unpaired.append(
                    Unplaced(node.where, " ".join(filter(None, (node.heading, node.body))))
                )
                self.report.unpaired += [Unplaced(node.where, note.text) for note in node.notes]
                continue
            self.report.count(self._write_text(branch.part, branch, node))
            self._write_notes(branch.part, branch, node)
        paired = {id(branch) for branch in self.matches.values()}
        for branch in self.branches:
            text = branch.text(self.draft.language)
            if id(branch) not in paired and text is not None and self.language not in branch.texts:
                self.report.untranslated.append(f"{branch.part}: {text.heading or text.body}")

    def _write_participants(self, categories: list[Category], *, is_translation: bool) -> None:
        rows = {row.code: row for row in self.draft.participant_categories.prefetch_related("texts")}
        for position, category in enumerate(categories, start=1):
            row = rows.pop(category.code, None)
            if row is None and is_translation:
                self.report.unpaired.append(Unplaced("participants", category.note))
                continue
            self._write_category(row, category, position, is_translation=is_translation)
        if not is_translation:
            for row in rows.values():
                self._drop(row, ("official_count", "unit"), row.code)

    def _write_category(
        self, row: ParticipantCategory | None, category: Category, position: int, *, is_translation: bool
    ) -> None:
        where = f"participants, {category.code}"
        values: Values = {"official_count": category.count, "unit": str(category.unit.value)}
        outcome = Outcome.UNCHANGED
        if row is None:
            row = ParticipantCategory(conclusions=self.draft, code=category.code, position=position, **values)
            outcome = self.settler.create(row, values)
        elif not is_translation:
            outcome = self.settler.settle(row, values, where)
        words: Values = {"note": category.note, "names": category.names}
        text = next((text for text in row.texts.all() if text.language == self.language), None)
        if text is None:
            new = ParticipantText(category=row, language=self.language, **words)
            said = self.settler.create(new, words)
        else:
            said = self.settler.settle(text, words, where)
        self.report.count(worst(outcome, said))

    def _remember(self) -> None:
        """The file of this language; the draft counts as saved only where something changed."""
        known = self.draft.sources.filter(language=self.language).first()
        facts = {"file_name": self.source.name, "digest": self.source.digest, "imported_at": self.now}
        if known is None or known.digest != self.source.digest:
            Source.objects.update_or_create(conclusions=self.draft, language=self.language, defaults=facts)
            self.settler.changed = True
        if self.settler.changed:
            self.draft.updated_at = self.now
            self.draft.save(update_fields=["updated_at"])


def _with_parents(nodes: list[Node], parent: Node | None = None) -> list[tuple[Node | None, Node]]:
    pairs: list[tuple[Node | None, Node]] = []
    for node in nodes:
        pairs += [(parent, node), *_with_parents(node.children, node)]
    return pairs


def _put_in_order(order: list[Part]) -> None:
    changed = [part for position, part in enumerate(order, start=1) if part.position != position]
    for position, part in enumerate(order, start=1):
        part.position = position
    Part.objects.bulk_update(changed, ["position"])
