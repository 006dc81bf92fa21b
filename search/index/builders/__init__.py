"""Public things as index documents: one builder per source; the drain, rebuild and comparison call it.

A builder reads current public state only, through the ledger's, the pages' and the library's own reads.
"""

from collections.abc import Iterator

from wagtail.models import Site

from search.index.builders import library, pages, plans, records
from search.index.builders.base import Builder, Built, Surroundings, identity_of
from search.index.outbox import Subject
from search.models import Source

BUILDERS: dict[Source, Builder] = {
    Source.RECORD: records.RecordBuilder(),
    Source.PAGE: pages.PageBuilder(),
    Source.DOCUMENT: library.LibraryBuilder(),
    Source.PLAN: plans.PlanBuilder(),
}


def forget_addresses() -> None:
    """Wagtail keeps the sites' home pages for an hour in each process; what is built must know today's."""
    Site.clear_site_root_paths_cache()


def build(subject: Subject, version: int, around: Surroundings | None = None) -> Built:
    """The documents of one thing as it is now, and the ids under which it is not."""
    around = around or Surroundings()
    if subject.source == Source.INDEX:
        return _build_by_id(subject.key, version, around)
    return BUILDERS[subject.source].build(subject.key, version, around)


def subjects() -> Iterator[Subject]:
    """Everything that may be public."""
    for source, builder in BUILDERS.items():
        yield from (Subject(source, key) for key in builder.keys())  # noqa: SIM118 a method, no mapping


def _build_by_id(document_id: str, version: int, around: Surroundings) -> Built:
    """What stands behind an index id; when that is nothing public, the id is to go."""
    for builder in BUILDERS.values():
        key = builder.key_of(identity_of(document_id))
        if key is not None:
            built = builder.build(key, version, around)
            gone = () if document_id in {document.id for document in built.documents} else (document_id,)
            return Built(built.documents, tuple(dict.fromkeys((*built.absent, *gone))))
    return Built(absent=(document_id,))
