"""Random changes of public things through the verbs that screens call, for proofs that none is lost."""

import random
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal.common.actors import system
from portal.library.domain import add_document, withdraw_document
from portal.library.models import LibraryDocument
from portal.pages.models import ContentPage
from portal.publication.domain import publish, withdraw
from portal.publication.enums import RecordKind, Relation
from portal.publication.projections import Link, Projection
from tests.factories.pages import ConsultationTree, Pages, make_consultation, make_home

CODES = ("es", "en")
ACTOR = system("random edits")
WORDS = ("frontera", "registro", "niñez", "apátrida", "asilo", "familia", "escuela", "trabajo", "salud")
# A word that only the documents hold which are never edited: a search for it must always find them all.
FIXED = "inmutable"


class Edits:
    """A small site, a pool of records and documents, and one random change of them after another."""

    def __init__(
        self, seed: int, folder: Path, *, records: int = 60, pages: int = 12, fixed: int = 5
    ) -> None:
        self._random = random.Random(seed)
        self._folder = folder
        self._number = 0
        self._home: Pages = make_home(CODES)
        self._tree: ConsultationTree = make_consultation(self._home, codes=CODES)
        self._organizations = [self._key() for _ in range(5)]
        self._records = [(RecordKind.PLEDGE, self._key()) for _ in range(records // 2)]
        self._records += [(RecordKind.INTERVENTION, self._key()) for _ in range(records // 2)]
        for key in self._organizations:
            self._publish(RecordKind.ORGANIZATION, key)
        for _ in range(pages):
            self._add_page()
        self.fixed = {self._publish_fixed(self._key()) for _ in range(fixed)}
        self._kinds: list[tuple[int, Callable[[], object]]] = [
            (58, self._correct_record),
            (12, self._withdraw_record),
            (4, self._rename_organization),
            (8, self._edit_page),
            (2, self._add_page),
            (2, self._hide_page),
            (2, self._move_page),
            (1, self._delete_page),
            (2, self._restrict),
            (3, self._edit_segment),
            (4, self._add_document),
            (2, self._withdraw_document),
        ]

    def once(self) -> str:
        """Make one change; returns what it was."""
        weights = [weight for weight, _ in self._kinds]
        change = self._random.choices([change for _, change in self._kinds], weights)[0]
        change()
        return change.__name__.strip("_")

    def _key(self) -> UUID:
        return UUID(int=self._random.getrandbits(128), version=4)

    def _text(self, length: int = 20) -> str:
        self._number += 1
        return " ".join(self._random.choices(WORDS, k=length)) + f" {self._number}"

    def _publish(self, kind: RecordKind, key: UUID) -> None:
        links: tuple[Link, ...] = ()
        if kind == RecordKind.INTERVENTION:
            links = (Link(Relation.ANSWERS, str(self._random.choice(self._tree.questions))),)
        elif kind == RecordKind.PLEDGE:
            interventions = [each for other, each in self._records if other == RecordKind.INTERVENTION]
            links = (Link(Relation.FOLLOWS, str(self._random.choice(interventions))),)
        text = self._text()
        organization = None if kind == RecordKind.ORGANIZATION else self._random.choice(self._organizations)
        projection = Projection(
            kind=kind,
            source_key=key,
            language=self._random.choice(("es", "en", "pt", "fr")),
            title=self._text(4),
            summary=text[:200],
            year=self._random.randint(2014, 2026),
            organization_key=organization,
            texts={"body" if kind == RecordKind.INTERVENTION else "description": text},
            links=links,
        )
        publish(projection, actor=ACTOR, now=timezone.now())

    def _publish_fixed(self, key: UUID) -> str:
        projection = Projection(
            kind=RecordKind.PLEDGE,
            source_key=key,
            language="es",
            title=f"{FIXED} {self._text(3)}",
            summary=FIXED,
            year=2024,
            texts={"description": f"{FIXED} {self._text()}"},
        )
        return f"{publish(projection, actor=ACTOR, now=timezone.now()).public_id}/es"

    def _correct_record(self) -> None:
        self._publish(*self._random.choice(self._records))

    def _withdraw_record(self) -> None:
        withdraw(*self._random.choice(self._records), actor=ACTOR, now=timezone.now())

    def _rename_organization(self) -> None:
        self._publish(RecordKind.ORGANIZATION, self._random.choice(self._organizations))

    def _pages(self) -> list[ContentPage]:
        return list(ContentPage.objects.order_by("pk"))

    def _a_page(self) -> ContentPage:
        return self._random.choice(self._pages() or [self._add_page()])

    def _add_page(self) -> ContentPage:
        title = self._text(3)
        page = ContentPage(title=title, introduction=self._text(), locale=self._home["es"].locale)
        parent = Page.objects.get(pk=self._home["es"].pk)
        parent.add_child(instance=page)
        return page

    def _edit_page(self) -> None:
        page = self._a_page()
        page.title, page.introduction = self._text(3), self._text()
        page.save_revision().publish()

    def _hide_page(self) -> None:
        page = self._a_page()
        if page.live:
            page.unpublish()
        else:
            page.save_revision().publish()

    def _move_page(self) -> None:
        page = self._a_page()
        page.slug = f"s-{self._random.getrandbits(40)}"
        page.save()

    def _delete_page(self) -> None:
        if len(self._pages()) > 4:
            self._a_page().delete()

    def _restrict(self) -> None:
        segment = self._tree.segment[self._random.choice(CODES)]
        restrictions = PageViewRestriction.objects.filter(page_id=segment.pk)
        if restrictions.exists():
            restrictions.get().delete()
        else:
            PageViewRestriction(page_id=segment.pk, restriction_type="login").save()

    def _edit_segment(self) -> None:
        page = Page.objects.get(pk=self._tree.segment[self._random.choice(CODES)].pk).specific
        page.introduction = self._text()
        page.save_revision().publish()

    def _add_document(self) -> None:
        path = self._folder / f"document-{self._random.getrandbits(60)}.txt"
        path.write_text(self._text(90))
        add_document(
            path=path, language="es", title=self._text(4), year=2024, actor=ACTOR, now=timezone.now()
        )
        path.unlink()

    def _withdraw_document(self) -> None:
        documents = list(LibraryDocument.objects.filter(live=True).order_by("pk"))
        if documents:
            withdraw_document(self._random.choice(documents), actor=ACTOR, now=timezone.now())
