"""Writes the parts of a file with their texts and footnotes. Used by `run` only."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from portal.conclusions.document import Node, Unplaced
from portal.conclusions.importing.matching import ALIKE_IN_PLACE, Matches, text_values
from portal.conclusions.importing.order import put_in_order
from portal.conclusions.importing.reports import Notice
from portal.conclusions.importing.rows import NOTE, TEXT, Settler, Values, is_edited, place_of, summed
from portal.conclusions.models import Conclusions, Footnote, Part, PartText
from portal.conclusions.places import same_words
from portal.conclusions.trees import Branch
from portal.consultations.note_matching import likeness, long_words
from portal.tables.report import Error, Outcome


@dataclass(slots=True)
class TreeWriter:
    """`branches` is the tree as it stands, `matches` the file's parts in it, `keys` are for new parts.

    `kept` are parts that the file may not push aside, `backed` those whose words others rely on. In a next
    version (`is_next`) an editor's own parts are told where the file has them not.
    """

    draft: Conclusions
    language: str
    settler: Settler
    branches: Sequence[Branch]
    matches: Matches
    keys: Mapping[int, UUID] = field(default_factory=dict)
    kept: Collection[int] = ()
    backed: Collection[int] = ()
    is_next: bool = False
    # Parts of the file, by `id`, that an editor removed.
    left_out: set[int] = field(default_factory=set)

    def write(self, nodes: Sequence[Node], *, is_known_file: bool) -> None:
        """The whole tree in the order of the file; an editor's own parts stay behind their neighbours."""
        stored = [branch.part for branch in self.branches]
        parts: dict[int, Part] = {}
        wanted: list[Part] = []
        for above, node in _with_parents(nodes):
            if self._is_left_out(node, above):
                continue
            parent = self._parent_of(node, above, parts)
            part, outcome = self._write_part(node, parent)
            parts[id(node)] = part
            if part.parent == parent:
                wanted.append(part)
            self.settler.report.count(summed(outcome, self._write_text(part, node)))
            self._write_notes(part, node)
        self._remove_missing()
        for parent in put_in_order(stored, wanted, keep=is_known_file):
            self.settler.changed = True
            self.settler.report.tell(Notice.REORDERED, str(parent or "the document"))

    def translate(self, nodes: Sequence[Node], original: str) -> None:
        """Texts in another language for the parts that are there; no part is made or moved."""
        report = self.settler.report
        for above, node in _with_parents(nodes):
            if self._is_left_out(node, above):
                continue
            branch = self.matches.get(id(node))
            if branch is None:
                texts = (node.label, node.heading, node.body, *(note.text for note in node.notes))
                report.unpaired += [Unplaced(node.where, text) for text in texts if text]
            else:
                report.count(self._write_text(branch.part, node))
                self._write_notes(branch.part, node)
        paired = {id(branch) for branch in self.matches.values()}
        for branch in self.branches:
            text = branch.text(original)
            is_new = id(branch) not in paired and self.language not in branch.texts
            if is_new and text is not None and not branch.part.is_removed:
                report.untranslated.append(f"{branch.part}: {text.heading or text.body}")

    def _is_left_out(self, node: Node, above: Node | None) -> bool:
        """What an editor removed, with what the file has below it that stands nowhere else."""
        branch = self.matches.get(id(node))
        if branch is None:
            is_out = above is not None and id(above) in self.left_out
        else:
            is_out = branch.part.is_removed
        if is_out:
            self.left_out.add(id(node))
            self.settler.report.tell(Notice.LEFT_OUT, node.heading or node.body)
        return is_out

    def _parent_of(self, node: Node, above: Node | None, parts: Mapping[int, Part]) -> Part | None:
        """Where the file has it; what an editor moved out of a part before removing that stays there."""
        if above is None:
            return None
        return self.matches[id(node)].part.parent if id(above) in self.left_out else parts[id(above)]

    def _write_part(self, node: Node, parent: Part | None) -> tuple[Part, Outcome]:
        key = str(parent.key) if parent else ""
        values: Values = {"kind": str(node.kind.value), "number": node.number, "parent": key}
        branch = self.matches.get(id(node))
        if branch is None:
            part = Part(conclusions=self.draft, parent=parent, kind=node.kind, number=node.number, position=0)
            part.key = self.keys.get(id(node), part.key)
            self._tell_untranslated(part, node)
            return part, self.settler.create(part, values)
        part = branch.part
        moved = place_of(part)["parent"] != key
        outcome = self.settler.settle(part, values, node.where)
        if moved and outcome == Outcome.UPDATED:
            part.parent = parent
            part.save(update_fields=["parent"])
        return part, outcome

    def _write_text(self, part: Part, node: Node) -> Outcome:
        values = text_values(node)
        branch = self.matches.get(id(node))
        row = branch.texts.get(self.language) if branch else None
        if branch is None or row is None:
            text = PartText(part=part, language=self.language, is_official=True, **values)
            return self.settler.create(text, values)
        if not row.import_digest and _says_all(row, node):
            return Outcome.UNCHANGED
        before, alike = _words(row), _alike(row, node)
        if part.pk in self.kept and alike < ALIKE_IN_PLACE and not is_edited(row, TEXT):
            reason = _(
                "Evidence, decisions or translations belong to the words of this part, and the file has"
                " quite other words for it. It was left as it is."
            )
            self.settler.report.errors.append(Error(node.where, "body", reason))
            return Outcome.UNCHANGED
        outcome = self.settler.settle(row, values, node.where)
        if outcome == Outcome.UPDATED and not same_words(before, _words(row)):
            self._tell_reworded(branch, node, is_other=alike < ALIKE_IN_PLACE)
        return outcome

    def _tell_reworded(self, branch: Branch, node: Node, *, is_other: bool) -> None:
        """What was made for the words before: evidence and the like, and translations."""
        report, said = self.settler.report, f"{branch.part}: {node.heading or node.body}"
        is_original = self.language == self.draft.language
        if is_other or (is_original and branch.part.pk in self.backed):
            report.tell(Notice.REWORDED, said)
        others = sorted(set(branch.texts) - {self.language})
        if others and is_original:
            report.tell(Notice.OUTDATED, f"{said} ({', '.join(others)})")

    def _tell_untranslated(self, part: Part, node: Node) -> None:
        languages = {language for branch in self.branches for language in branch.texts} - {self.language}
        if languages:
            said = f"{part}: {node.heading or node.body} ({', '.join(sorted(languages))})"
            self.settler.report.untranslated.append(said)

    def _write_notes(self, part: Part, node: Node) -> None:
        branch = self.matches.get(id(node))
        stored = branch.footnotes if branch else ()
        rows = {row.number: row for row in stored if row.language == self.language}
        for note in node.notes:
            values: Values = {"text": note.text}
            row = rows.pop(note.number, None)
            if row is None:
                row = Footnote(part=part, language=self.language, number=note.number, text=note.text)
                outcome = self.settler.create(row, values)
            else:
                outcome = self.settler.settle(row, values, node.where)
            self.settler.report.count(outcome)
        for row in rows.values():
            self.settler.drop_unless_edited(row, NOTE, f"{node.where}, [{row.number}]")

    def _remove_missing(self) -> None:
        """Parts that an import made and the file no longer has; from below, none with a child that stays."""
        matched, report = {id(branch) for branch in self.matches.values()}, self.settler.report
        for branch in reversed(self.branches):
            if id(branch) in matched or branch.part.is_removed:
                continue
            if not (branch.part.import_digest or self.is_next):
                continue
            text, pk = branch.texts.get(self.language), branch.part.pk
            filled = any(
                child.part.pk is not None and child.part.parent_id == pk and not child.part.is_removed
                for child in branch.children
            )
            name = text.heading or text.body if text else str(branch.part)
            stays = text is None or pk in self.kept or filled or not branch.part.import_digest
            if stays or not self.settler.drop(branch.part):
                report.missing.append(name)
            else:
                report.tell(Notice.REMOVED, f"{branch.part}: {name}")


def _with_parents(nodes: Sequence[Node], parent: Node | None = None) -> Iterator[tuple[Node | None, Node]]:
    for node in nodes:
        yield parent, node
        yield from _with_parents(node.children, node)


def _words(text: PartText) -> str:
    return f"{text.heading} {text.body}"


def _says_all(text: PartText, node: Node) -> bool:
    """Whether an editor's text has every word of the file's; its label counts for none."""
    pairs = ((text.heading, node.heading), (text.body, node.body))
    return all(not said or same_words(stored, said) for stored, said in pairs)


def _alike(text: PartText, node: Node) -> float:
    """1 for the same words, also where none is long."""
    one, other = _words(text), f"{node.heading} {node.body}"
    return 1.0 if same_words(one, other) else likeness(long_words(one), long_words(other))
