"""Live page trees in one to four languages."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from wagtail.models import Locale, Page, Site

from portal.common.languages import CODES
from portal.consultations.models import (
    ConsultationIndexPage,
    ConsultationPage,
    GuidingQuestionPage,
    SegmentPage,
    ThematicAreaPage,
)
from portal.pages.models import HomePage
from portal.publication import figures
from tests.kept_rows import kept

Kind = TypeVar("Kind", bound=Page)
Pages = dict[str, Page]
# Since when the consultations of tests are open.
OPENED = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ConsultationTree:
    """Each part by language; `questions` are translation keys."""

    index: Pages
    consultation: Pages
    segment: Pages
    area: Pages
    question_pages: list[Pages]

    @property
    def questions(self) -> list[UUID]:
        return [pages["es"].translation_key for pages in self.question_pages]


def _locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def _in_languages(
    parents: Pages, model: type[Kind], slug: str, title: str, codes: tuple[str, ...], **fields: object
) -> Pages:
    """One live page per language, titled `title (xx)`, with one translation key."""
    pages: Pages = {}
    for code in codes:
        page = model(title=f"{title} ({code})", slug=slug, locale=_locale(code), **fields)
        if pages:
            page.translation_key = next(iter(pages.values())).translation_key
        parents[code].add_child(instance=page)
        pages[code] = page
    return pages


def _a_page_stands() -> bool:
    return Page.objects.filter(depth__gt=1).exists()


@kept(unless=_a_page_stands)
def make_home(codes: tuple[str, ...] = CODES) -> Pages:
    """Home pages in the given languages, the Spanish one as the site's root."""
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth=2).exclude(pk__in=HomePage.objects.values("pk")).delete()
    root.refresh_from_db()
    pages: Pages = {}
    for code in codes:
        page = HomePage(title=f"Home ({code})", slug=f"home-{code}", locale=_locale(code))
        if pages:
            page.translation_key = next(iter(pages.values())).translation_key
        root.add_child(instance=page)
        pages[code] = page
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": pages["es"]}
    )
    return pages


@kept(unless=_a_page_stands)
def make_consultation(
    home: Pages | None = None, *, codes: tuple[str, ...] = CODES, slug: str = "brasilia", **fields: object
) -> ConsultationTree:
    """Index > consultation (open) > segment > area > two questions, live in every language."""
    if fields and (home, codes, slug) == (None, CODES, "brasilia"):
        return _with_facts(make_consultation(), fields)
    home = home or make_home(codes)
    index = {
        code: ConsultationIndexPage.objects.child_of(home[code]).first()
        for code in codes
        if ConsultationIndexPage.objects.child_of(home[code]).exists()
    } or _in_languages(home, ConsultationIndexPage, "consultations", "Consultations", codes)
    consultation = _in_languages(
        index, ConsultationPage, slug, "Consultation", codes, **{"opens_at": OPENED, "number": "2", **fields}
    )
    segment = _in_languages(consultation, SegmentPage, "segment-1", "Segment", codes, number="1")
    area = _in_languages(segment, ThematicAreaPage, "area-1", "Area", codes, number="1.1")
    return ConsultationTree(index, consultation, segment, area, make_questions(area, 2, codes))


def _with_facts(tree: ConsultationTree, facts: dict[str, object]) -> ConsultationTree:
    """A copy and one statement: saving 28 pages takes longer."""
    ConsultationPage.objects.filter(pk__in=[page.pk for page in tree.consultation.values()]).update(**facts)
    figures.note_change()
    for page in tree.consultation.values():
        page.refresh_from_db()
    return tree


def make_questions(area: Pages, number: int, codes: tuple[str, ...] = CODES, start: int = 1) -> list[Pages]:
    return [
        _in_languages(
            area, GuidingQuestionPage, f"question-{n}", f"Which step number {n}?", codes, number=f"1.{n}"
        )
        for n in range(start, start + number)
    ]
