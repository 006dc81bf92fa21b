"""Writes the parts of a file with their texts and footnotes. Used by `run` only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from portal.conclusions.document import Node, Unplaced
from portal.conclusions.importing.matching import Matches, text_values
from portal.conclusions.importing.rows import NOTE, TEXT, Settler, Values, is_edited, place_of, summed
from portal.conclusions.models import Conclusions, Footnote, Part, PartText
from portal.conclusions.trees import Branch
from portal.tables.report import Outcome


@dataclass(slots=True)
class TreeWriter:
    """`branches` is the tree as it stands, `matches` the file's parts in it, `keys` are for new parts."""

    draft: Conclusions
    language: str
    settler: Settler
    branches: Sequence[Branch]
    matches: Matches
    keys: Mapping[int, UUID] = field(default_factory=dict)
    # Parts of the file, by `id`, that an editor removed.
    left_out: set[int] = field(default_factory=set)

    def write(self, nodes: Sequence[Node]) -> None:
        """The whole tree in the order of the file; an editor's own parts stay behind their neighbours."""
        order = [branch.part for branch in self.branches]
        parts: dict[int, Part] = {}
        before: Part | None = None
        for above, node in _with_parents(nodes):
            if self._is_left_out(node, above):
                continue
            parent = self._parent_of(node, above, parts)
            part, outcome = self._write_part(node, parent)
            if id(node) not in self.matches:
                order.insert(order.index(before) + 1 if before is not None else 0, part)
            parts[id(node)] = before = part
            self.settler.report.count(summed(outcome, self._write_text(part, node)))
            self._write_notes(part, node)
        self._remove_missing()
        _put_in_order([part for part in order if part.pk is not None])

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
            self.settler.report.removed.append(node.heading or node.body)
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
        if row is not None:
            return self.settler.settle(row, values, node.where)
        text = PartText(part=part, language=self.language, is_official=True, **values)
        return self.settler.create(text, values)

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
        kept = {id(branch) for branch in self.matches.values()}
        for branch in reversed(self.branches):
            if id(branch) in kept or not branch.part.import_digest or branch.part.is_removed:
                continue
            text = branch.texts.get(self.language)
            edited = is_edited(branch.part) or text is None or is_edited(text, TEXT)
            below = [child.part for child in branch.children if not child.part.is_removed]
            stays = edited or any(part.pk is not None for part in below)
            if stays or not self.settler.drop(branch.part):
                name = text.heading or text.body if text else str(branch.part)
                self.settler.report.missing.append(name)


def _with_parents(nodes: Sequence[Node], parent: Node | None = None) -> Iterator[tuple[Node | None, Node]]:
    for node in nodes:
        yield parent, node
        yield from _with_parents(node.children, node)


def _put_in_order(parts: Sequence[Part]) -> None:
    moved = [part for position, part in enumerate(parts, start=1) if part.position != position]
    for position, part in enumerate(parts, start=1):
        part.position = position
    Part.with_removed.bulk_update(moved, ["position"])
