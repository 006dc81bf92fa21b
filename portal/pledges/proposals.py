"""Public pledges without an action or an umbrella pledge, and what they could be linked to; the desk asks."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from portal.pledges.enums import PledgeKind
from portal.pledges.queries import public_umbrellas
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.models import Record, RecordLink
from portal.publication.queries import published

Targets = dict[int, list[tuple[str, str]]]


class Missing(TextChoices):
    """What a public pledge may lack."""

    BOTH = "both", _("neither an action nor an umbrella pledge")
    ACTION = "action", _("no action of a plan")
    UMBRELLA = "umbrella", _("no umbrella pledge")


def unlinked(missing: Missing = Missing.BOTH) -> QuerySet[Record]:
    """Those that carry out no action, are part of no umbrella pledge, or both; newest first."""
    rows = published(RecordKind.PLEDGE).exclude(facts__pledge_kind=PledgeKind.UMBRELLA.value)
    if missing != Missing.UMBRELLA:
        rows = rows.filter(~_linked(Relation.CARRIES_OUT))
    if missing != Missing.ACTION:
        rows = rows.filter(~_linked(Relation.PART_OF))
    return rows


def proposals(rows: Sequence[Record]) -> Targets:
    """Umbrella pledges, and the actions to which recommendations lead that have to do with the pledge.

    A pledge has to do with what it takes up, and with what draws on an intervention that it follows from.
    Four queries, whatever the number of rows.
    """
    links: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    own = RecordLink.objects.filter(record__in=[row.pk for row in rows]).order_by()
    for pk, relation, target in own.values_list("record_id", "relation", "target"):
        links[pk][relation].add(target)
    sources = set().union(*(each[Relation.FOLLOWS] for each in links.values()))
    drawing = _pairs(Relation.DRAWS_ON, target__in=sources)
    taken_up = set().union(*(each[Relation.TAKES_UP] for each in links.values()))
    recommendations = taken_up | {recommendation for recommendation, _source in drawing}
    leading = _pairs(Relation.LEADS_TO, record__source_key__in=recommendations)
    umbrellas = [str(key) for key in public_umbrellas().values_list("source_key", flat=True)]
    return {row.pk: _of(links[row.pk], drawing, leading, umbrellas) for row in rows}


def _of(
    own: dict[str, set[str]],
    drawing: Sequence[tuple[str, str]],
    leading: Sequence[tuple[str, str]],
    umbrellas: Sequence[str],
) -> list[tuple[str, str]]:
    near = own[Relation.TAKES_UP] | {key for key, source in drawing if source in own[Relation.FOLLOWS]}
    actions = dict.fromkeys(action for key, action in leading if key in near)
    offers = [(Relation.CARRIES_OUT, action) for action in actions if action not in own[Relation.CARRIES_OUT]]
    if not own[Relation.PART_OF]:
        offers += [(Relation.PART_OF, key) for key in umbrellas]
    return offers


def _pairs(relation: str, **asked: object) -> list[tuple[str, str]]:
    """Source key of a public record and what it links to. One query."""
    rows = RecordLink.objects.filter(Q(**asked), relation=relation, record__state=RecordState.PUBLISHED)
    pairs = rows.order_by("pk").values_list("record__source_key", "target")
    return [(str(key), target) for key, target in pairs]


def _linked(relation: str) -> Exists:
    return Exists(RecordLink.objects.filter(record=OuterRef("pk"), relation=relation))
