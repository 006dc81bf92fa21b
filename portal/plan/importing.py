"""Takes a table of nodes in, nothing of it where a row has a fault; command and reference data call it.

A node is known again by framework and code. What a row says replaces what was there, but a title that is
checked is not replaced by one that is not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count

from django.utils.translation import gettext as _

from portal.common import events
from portal.common.actors import Actor
from portal.plan.enums import NodeKind
from portal.plan.models import PlanFramework, PlanNode
from portal.plan.queries import is_linked
from portal.plan.sheets import ABOVE, BELOW, COLUMNS, NodeFields, fields_of, problems_of
from portal.plan.signals import nodes_changed
from portal.publication.figures import note_change
from portal.tables.limits import Limits
from portal.tables.reading import Row, Table, read_table
from portal.tables.report import Error, Outcome, Ready, Report, run

LIMITS = Limits(size=5 * 1024 * 1024, rows=5_000)


def import_plan(content: bytes, *, actor: Actor, now: datetime, dry_run: bool = False) -> Report:
    """Read, check and store. Raises `Refused` for what cannot be read."""
    table = read_table(content, COLUMNS, limits=LIMITS)
    storing = _Storing()
    return run(
        _rows(table),
        store=storing.store,
        dry_run=dry_run,
        notes=table.notes,
        finish=lambda: storing.finish(actor, now),
    )


def store_nodes(wanted: Iterable[NodeFields]) -> list[str]:
    """What the reference data has and the portal lacks; changes nothing. Within the caller's transaction."""
    known = set(PlanNode.objects.values_list("key", flat=True))
    storing = _Storing()
    for each in wanted:
        if each.key not in known:
            storing.add(each)
            known.add(each.key)
    return storing.changed


def _rows(table: Table) -> Iterator[Ready[NodeFields] | Error]:
    yield from table.errors
    ready: dict[str, tuple[Row, NodeFields]] = {}
    for row in table.rows:
        problems = [*row.errors, *(row.error(name, reason) for name, reason in problems_of(row))]
        if problems:
            yield from problems
            continue
        wanted = fields_of(row)
        if wanted.key in ready:
            reason = _("%(row)s has the same framework and code. Keep one of them.")
            yield row.error("code", reason % {"row": ready[wanted.key][0].where})
            continue
        ready[wanted.key] = row, wanted
    yield from _checked_together(ready)


def _checked_together(
    ready: Mapping[str, tuple[Row, NodeFields]],
) -> Iterator[Ready[NodeFields] | Error]:
    """Every row against the others and what is stored; parents come before what stands below them."""
    frameworks = {wanted.framework for _row, wanted in ready.values()}
    rows = PlanNode.objects.filter(framework__slug__in=frameworks).select_related("parent")
    stored = {node.key: node for node in rows}
    above = {node.key: node.parent.code if node.parent else "" for node in stored.values()}
    above |= {key: wanted.parent for key, (_row, wanted) in ready.items()}
    kinds = {key: NodeKind(node.kind) for key, node in stored.items()}
    kinds |= {key: wanted.kind for key, (_row, wanted) in ready.items()}
    versions: dict[str, str] = {}
    for key in _parents_first({key: wanted for key, (_row, wanted) in ready.items()}):
        row, wanted = ready[key]
        problems = [*_place_problems(wanted, kinds, above)]
        if versions.setdefault(wanted.framework, wanted.version) != wanted.version:
            problems.append(("version", _("An earlier row says another version of this framework.")))
        known = stored.get(key)
        if known is not None and known.verified and not wanted.verified:
            reason = _("The title of this code is checked. A row that is not checked cannot replace it.")
            problems.append(("verified", reason))
        if known is not None and known.kind != wanted.kind:
            problems += _kind_problems(known, wanted, ready)
        if problems:
            yield from (row.error(name, reason) for name, reason in problems)
        else:
            yield Ready(row.where, wanted)


def _place_problems(
    wanted: NodeFields, kinds: Mapping[str, NodeKind], above: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    fitting = ABOVE.get(wanted.kind, ())
    if not wanted.parent:
        if wanted.kind == NodeKind.ACTION:
            yield "parent", _("An action stands below something. Write the code of its axis or programme.")
        return
    kind = kinds.get(f"{wanted.framework}:{wanted.parent}")
    if wanted.kind not in BELOW:
        yield "parent", _("This kind stands below nothing.")
    elif kind is None:
        yield "parent", _("There is no “%(code)s” in this framework.") % {"code": wanted.parent}
    elif kind not in fitting:
        names = ", ".join(str(each.label) for each in fitting)
        yield "parent", _("This kind stands below one of these: %(kinds)s.") % {"kinds": names}
    elif wanted.kind == NodeKind.CHAPTER and _is_in_circle(wanted, above):
        yield "parent", _("It would stand below itself.")


def _kind_problems(
    known: PlanNode, wanted: NodeFields, ready: Mapping[str, tuple[Row, NodeFields]]
) -> Iterator[tuple[str, str]]:
    """What is there already and cannot stay with another kind: parts below it, and what is linked to it."""
    left = [child for child in known.children.all() if child.key not in ready]
    misplaced = [child.code for child in left if wanted.kind not in ABOVE.get(NodeKind(child.kind), ())]
    if misplaced:
        told = _("“%(code)s” stands below it and cannot stand below this kind. Place it elsewhere first.")
        yield "kind", told % {"code": misplaced[0]}
    if is_linked(known):
        told = _("Others are linked to it as it is: %(kind)s. Retire it, and give the new part another code.")
        yield "kind", told % {"kind": known.get_kind_display()}


def _is_in_circle(wanted: NodeFields, above: Mapping[str, str]) -> bool:
    """Chapters may stand below chapters; `above` is the code that each key stands below, or empty."""
    seen, code = {wanted.code}, wanted.parent
    while code:
        if code in seen:
            return True
        seen.add(code)
        code = above.get(f"{wanted.framework}:{code}", "")
    return False


def _parents_first(wanted: Mapping[str, NodeFields]) -> list[str]:
    order = {NodeKind.CHAPTER: 1, NodeKind.PROGRAMME: 2, NodeKind.ACTION: 3}

    def depth(key: str) -> int:
        seen: set[str] = set()
        while (each := wanted.get(key)) is not None and each.parent and key not in seen:
            seen.add(key)
            key = f"{each.framework}:{each.parent}"
        return len(seen)

    return sorted(wanted, key=lambda key: (order.get(wanted[key].kind, 0), depth(key)))


class _Storing:
    """Stores nodes one by one; `finish` tells what has changed, once for all of them."""

    def __init__(self) -> None:
        self.frameworks: dict[str, PlanFramework] = {}
        self.places: dict[str, Iterator[int]] = {}
        self.parents: dict[str, PlanNode] = {}
        self.changed: list[str] = []

    def store(self, wanted: NodeFields) -> Outcome:
        node = PlanNode.objects.filter(key=wanted.key).select_for_update().first()
        if node is None:
            return self.add(wanted)
        before = _content(node)
        self._fill(node, self._framework(wanted), wanted)
        if before == _content(node):
            return Outcome.UNCHANGED
        self._save(node)
        return Outcome.UPDATED

    def add(self, wanted: NodeFields) -> Outcome:
        """A node that is known to be new."""
        framework = self._framework(wanted)
        node = PlanNode(framework=framework, code=wanted.code, key=wanted.key)
        node.position = next(self._places(framework))
        self._fill(node, framework, wanted)
        self._save(node)
        return Outcome.CREATED

    def _fill(self, node: PlanNode, framework: PlanFramework, wanted: NodeFields) -> None:
        node.kind, node.verified, node.source = wanted.kind, wanted.verified, wanted.source
        node.parent = self._parent(framework, wanted.parent)
        node.retired_on = wanted.retired_on
        for code, title in wanted.titles.items():
            setattr(node, f"title_{code}", title)

    def _save(self, node: PlanNode) -> None:
        node.save()
        self.changed.append(node.key)

    def finish(self, actor: Actor, now: datetime) -> None:
        if not self.changed:
            return
        for slug, framework in self.frameworks.items():
            keys = [key for key in self.changed if key.startswith(f"{slug}:")]
            if keys:
                events.record(
                    "imported",
                    kind="plan",
                    key=framework.slug,
                    actor=actor,
                    now=now,
                    details={"nodes": len(keys)},
                )
        note_nodes(self.changed)

    def _framework(self, wanted: NodeFields) -> PlanFramework:
        known = self.frameworks.get(wanted.framework)
        if known is None:
            known, _is_new = PlanFramework.objects.get_or_create(
                slug=wanted.framework, defaults={"version": wanted.version}
            )
            if wanted.version and known.version != wanted.version:
                known.version = wanted.version
                known.save()
            self.frameworks[wanted.framework] = known
        return known

    def _places(self, framework: PlanFramework) -> Iterator[int]:
        """The next ones behind all that are there."""
        if framework.slug not in self.places:
            last = framework.nodes.order_by("-position").values_list("position", flat=True).first()
            self.places[framework.slug] = count((last or 0) + 1)
        return self.places[framework.slug]

    def _parent(self, framework: PlanFramework, code: str) -> PlanNode | None:
        if not code:
            return None
        key = f"{framework.slug}:{code}"
        if key not in self.parents:
            self.parents[key] = PlanNode.objects.get(key=key)
        return self.parents[key]


def note_nodes(keys: Sequence[str]) -> None:
    """For whoever keeps figures or an index, inside the transaction of the change."""
    note_change()
    nodes_changed.send(sender=PlanNode, keys=tuple(keys))


def _content(node: PlanNode) -> tuple[object, ...]:
    titles = (node.title_es, node.title_en, node.title_pt, node.title_fr)
    return (node.kind, node.verified, node.source, node.parent_id, node.retired_on, *titles)
