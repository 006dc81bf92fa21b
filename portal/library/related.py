"""Documents that share with one what it is filed under, and why they are named; the reading page calls it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Abs, Coalesce
from django.utils.translation import gettext as _

from portal.library.enums import DocumentKind, Facet
from portal.library.filing import Label
from portal.library.models import DocumentTag, LibraryDocument

MOST = 5
# What is narrow says more: two documents of one segment belong together, two of one country seldom.
WEIGHTS = {
    Facet.SEGMENT: 16,
    Facet.OFFICIAL: 12,
    Facet.CONSULTATION: 8,
    Facet.THEME: 4,
    Facet.ORGANIZATION: 3,
    Facet.COUNTRY: 1,
}
_FAR = 1000
Named = Mapping[str, Mapping[str, Label]]


@dataclass(frozen=True, slots=True)
class Related:
    """`why` is one line; what is shared is in the language of the reader as far as it is known."""

    document: LibraryDocument
    why: str


def related_to(document: LibraryDocument, named: Named) -> list[Related]:
    """At most five, the nearest first. `named` is what of its filing is public. Two queries.

    What is filed alike counts, then the same kind and the years between them; other languages of the same
    work stand elsewhere on the page.
    """
    shared, shared_tags = _shared(named), _shared(named, "tags__")
    rows = list(_nearest(document, shared, shared_tags))
    if not rows:
        return []
    tags = DocumentTag.objects.filter(shared, document__in=rows) if shared else DocumentTag.objects.none()
    by_document: dict[int, list[tuple[str, str]]] = {}
    for pk, facet, value in tags.values_list("document_id", "facet", "value"):
        by_document.setdefault(pk, []).append((facet, value))
    return [Related(row, _why(document, by_document.get(row.pk, []), named)) for row in rows]


def _shared(named: Named, prefix: str = "") -> Q:
    """Tags with one of the public values, asked from the tags or by `prefix` from documents; else empty."""
    wanted = Q()
    for facet, values in named.items():
        if values:
            wanted |= Q(**{f"{prefix}facet": facet, f"{prefix}value__in": list(values)})
    return wanted


def _nearest(document: LibraryDocument, shared: Q, shared_tags: Q) -> QuerySet[LibraryDocument]:
    rows = LibraryDocument.objects.filter(live=True).exclude(pk=document.pk)
    if document.work is not None:
        rows = rows.exclude(work=document.work)
    alike = Q(pk__in=())
    if document.kind != DocumentKind.OTHER and document.year:
        alike = Q(kind=document.kind, year=document.year)
    if shared:
        alike |= Q(pk__in=DocumentTag.objects.filter(shared).values("document"))
    rows = rows.filter(alike).annotate(
        near=Coalesce(_weight(shared_tags), 0),
        same_kind=Case(When(kind=document.kind, then=1), default=0, output_field=IntegerField()),
        years=Coalesce(Abs(F("year") - Value(document.year)), _FAR) if document.year else Value(_FAR),
    )
    return rows.order_by("-near", "-same_kind", "years", "pk")[:MOST]


def _weight(shared_tags: Q) -> Sum | Value:
    if not shared_tags:
        return Value(0)
    weights = [When(tags__facet=facet, then=weight) for facet, weight in WEIGHTS.items()]
    return Sum(Case(*weights, default=0, output_field=IntegerField()), filter=shared_tags)


def _why(document: LibraryDocument, tags: list[tuple[str, str]], named: Named) -> str:
    """The narrowest thing they share, by name."""
    if not tags:
        told = _("Same kind and year: %(kind)s, %(year)s")
        return told % {"kind": document.get_kind_display(), "year": document.year}
    facet, value = min(tags, key=lambda tag: (-WEIGHTS[Facet(tag[0])], tag[1]))
    return _("%(facet)s: %(name)s") % {"facet": Facet(facet).label, "name": named[facet][value].text}
