"""What two can amend of what is written on guiding questions; types that are about them name it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from portal.cms.queries import PublicPage, public_branches
from portal.common.ids import key_in
from portal.common.reviews import Link, Reader
from portal.consultations.page_models import (
    ConsultationPage,
    GuidingQuestionPage,
    SegmentPage,
    ThematicAreaPage,
)
from portal.consultations.page_queries import CONSULTATION_AT
from portal.consultations.wholes import plan_link
from portal.interventions.sent import links_to
from portal.plan.queries import in_force
from portal.publication.wholes import WholeKind, as_codes, whole_code
from portal.submissions.amendable import Amendable

Choice = tuple[str, str]


def on_questions(keys_of: Callable[[Any], Iterable[UUID]], **declared: Any) -> Amendable:
    """`keys_of` a row gives its questions; `declared` are its texts and where they are saved."""
    return Amendable(
        filed=lambda row: [*map(str, keys_of(row)), *row.wholes],
        places=places,
        refiled=refiled,
        in_words=in_words,
        **declared,
    )


def places(language: str) -> Iterator[tuple[str, list[Choice]]]:
    """By consultation, open or not, all questions that are public and what can be chosen as a whole."""
    pages = public_branches([ConsultationPage, SegmentPage, ThematicAreaPage, GuidingQuestionPage], language)
    for consultation in pages[ConsultationPage]:
        yield consultation.title, list(_below(consultation, pages))
    if plan := in_force():
        link = plan_link(language)(plan)
        yield link.called, [(link.id, link.title)]


def _below(consultation: PublicPage, pages: Mapping[Any, Sequence[PublicPage]]) -> Iterator[Choice]:
    yield whole_code(WholeKind.CONSULTATION, consultation.key), _("This consultation as a whole")
    for page in _of(consultation, pages[SegmentPage]):
        label = _("%(segment)s, as a whole") % {"segment": _numbered(page)}
        yield whole_code(WholeKind.SEGMENT, page.key), label
    for page in _of(consultation, pages[GuidingQuestionPage]):
        yield str(page.key), _numbered(page)


def _of(consultation: PublicPage, pages: Iterable[PublicPage]) -> list[PublicPage]:
    return [page for page in pages if page.ancestors[CONSULTATION_AT] == consultation.key]


def _numbered(page: PublicPage) -> str:
    return f"{page.number} {page.title}" if page.number else page.title


def refiled(codes: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """The fields that hold the codes: keys of questions, and codes of wholes."""
    wholes = as_codes(codes)
    keys = tuple(key for code in codes if code not in wholes and (key := key_in(code)))
    return {"question_keys": keys, "wholes": wholes}


def in_words(codes: Sequence[str], reader: Reader) -> tuple[Link, ...]:
    links = links_to(codes, reader.language)
    return tuple(links.get(code) or Link(_("This question is not public any more.")) for code in codes)
