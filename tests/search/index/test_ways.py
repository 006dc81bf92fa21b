"""Every way in which a public thing can change: noted with the change, drained until index equals database.

`WAYS` is the table of docs/search-index.md; the test of the docs holds the two against each other.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from portal.common.actors import system
from portal.consultations.models import ConsultationPage, GuidingQuestionPage, SegmentPage
from portal.library.domain import add_document, withdraw_document
from portal.library.models import LibraryDocument
from portal.organizations.models import Organization
from portal.pages.models import ContentPage
from portal.publication.domain import publish, withdraw
from portal.publication.enums import RecordKind
from portal.publication.projections import Projection, Translated
from portal.taxonomy.models import OrganizationType
from search.engines.base import Engine
from search.index import outbox
from search.index.comparison import compare
from search.index.drain import drain
from search.index.receivers import connect
from search.models import OutboxEntry
from tests.factories import (
    make_consultation,
    make_home,
    make_intervention,
    make_pledge,
    make_questions,
    publish_intervention,
    publish_pledge,
)
from tests.factories.organizations import publish_organization
from tests.factories.pages import ConsultationTree
from tests.thinning import rarely

ACTOR = system("tests")
pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Site40:
    """A site in two languages with an intervention, a pledge that follows it and a library document."""

    tree: ConsultationTree
    organization: Organization
    intervention: object
    pledge: object
    document: LibraryDocument
    folder: Path

    def segment(self, code: str = "es") -> SegmentPage:
        return SegmentPage.objects.get(pk=self.tree.segment[code].pk)

    def question(self, code: str = "es") -> GuidingQuestionPage:
        return GuidingQuestionPage.objects.get(pk=self.tree.question_pages[0][code].pk)

    def projection(self, **changes: object) -> Projection:
        values: dict[str, object] = {
            "kind": RecordKind.PLEDGE,
            "source_key": self.pledge.key,  # type: ignore[attr-defined]
            "language": "es",
            "title": "Otra promesa",
            "summary": "Otra",
            "year": 2025,
            "texts": {"description": "Otra cosa"},
        }
        return Projection(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def site(
    index: Engine,
    organization: Organization,
    library_document: Callable[..., LibraryDocument],
    tmp_path: Path,
) -> Site40:
    tree = make_consultation(make_home(("es", "en")), codes=("es", "en"))
    intervention = make_intervention(organization, questions=tree.questions[:1])
    publish_intervention(intervention)
    pledge = make_pledge(organization, interventions=[intervention.key])
    publish_pledge(pledge)
    document = library_document("Una nota sobre la niñez")
    drain(index)
    OutboxEntry.objects.all().delete()
    return Site40(tree, organization, intervention, pledge, document, tmp_path)


def save(site: Site40) -> None:
    page = site.segment()
    page.introduction = "Otra"
    page.save()


def publish_page(site: Site40) -> None:
    page = site.segment()
    page.title = "Otro título"
    page.save_revision().publish()


def scheduled(site: Site40) -> None:
    page = site.segment()
    page.title, page.go_live_at = "Más tarde", timezone.now() + timedelta(hours=1)
    revision = page.save_revision(approved_go_live_at=page.go_live_at)
    type(revision).objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    content = {**revision.content, "go_live_at": (timezone.now() - timedelta(minutes=1)).isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(content=content)
    call_command("publish_scheduled")


def expired(site: Site40) -> None:
    Page.objects.filter(pk=site.segment().pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")


def slug(site: Site40) -> None:
    page = site.segment()
    page.slug = "otro"
    page.save()


def move(site: Site40) -> None:
    other = ConsultationPage(title="Otra", slug="otra", locale=site.tree.index["es"].locale)
    Page.objects.get(pk=site.tree.index["es"].pk).add_child(instance=other)
    site.segment().move(Page.objects.get(pk=other.pk), pos="last-child")


def reorder(site: Site40) -> None:
    first, second = (Page.objects.get(pk=pages["es"].pk) for pages in site.tree.question_pages)
    second.move(first, pos="left")


def copy(site: Site40) -> None:
    target = Page.objects.get(pk=site.tree.consultation["es"].pk)
    site.segment().copy(recursive=True, to=target, update_attrs={"slug": "copia", "title": "Copia"})


def alias(site: Site40) -> None:
    target = Page.objects.get(pk=site.tree.consultation["es"].pk)
    site.segment().create_alias(recursive=True, parent=target, update_slug="espejo")


def source_of_alias(site: Site40) -> None:
    alias(site)
    publish_page(site)


def alias_in_another_language(site: Site40) -> None:
    page = ContentPage(
        title="Solo", slug="solo", introduction="Texto", locale=Locale.objects.get(language_code="es")
    )
    Page.objects.order_by("path").get(translation_key=home_key(), locale=page.locale).add_child(instance=page)
    page.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)


def new_page(slug: str) -> ContentPage:
    spanish = Locale.objects.get(language_code="es")
    page = ContentPage(title=slug.title(), slug=slug, introduction="Texto", locale=spanish)
    Page.objects.get(translation_key=home_key(), locale=spanish).add_child(instance=page)
    return page


def home_key() -> uuid.UUID:
    return Site.objects.get(is_default_site=True).root_page.translation_key


def translated(site: Site40) -> None:
    """As the secretariat does: submitted for translation, strings filled in, published."""
    page = ContentPage(
        title="Sobre", slug="sobre", introduction="Texto", locale=Locale.objects.get(language_code="es")
    )
    Page.objects.get(translation_key=home_key(), locale=page.locale).add_child(instance=page)
    source, _ = TranslationSource.update_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(publish=True)
    for segment in source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string, locale=english, context=segment.context, data="About"
        )
    translation.save_target(publish=True)


def restrict(kind: str) -> Callable[[Site40], None]:
    def change(site: Site40) -> None:
        PageViewRestriction(page=site.segment(), restriction_type=kind, password="x").save()

    change.__name__ = f"restrict_{kind}"
    return change


def unrestrict(site: Site40) -> None:
    restriction = PageViewRestriction.objects.create(page=site.segment(), restriction_type="login")
    restriction.delete()


def new_home(site: Site40) -> None:
    """The site begins below another page: every address changes."""
    default = Site.objects.get(is_default_site=True)
    default.root_page = Page.objects.get(pk=site.tree.index["es"].pk)
    default.save()


def locale(site: Site40) -> None:
    for code, other in (("fr", "xx"), ("en", "fr")):
        row = Locale.objects.get(language_code=code)
        row.language_code = other
        row.save()


def home_slug(site: Site40) -> None:
    home = Page.objects.get(translation_key=home_key(), locale__language_code="es").specific
    home.slug = "inicio"
    home.save()


def facts_of_a_consultation(site: Site40) -> None:
    """Published in one language, its dates go to the rows of all."""
    page = ConsultationPage.objects.get(pk=site.tree.consultation["es"].pk)
    page.starts_on = timezone.now().date()
    page.save_revision().publish()


def correct(site: Site40) -> None:
    publish(site.projection(), actor=ACTOR, now=timezone.now())


def translate_record(site: Site40) -> None:
    translations = (Translated("fr", "Engagement", {"description": "Texte"}),)
    publish(site.projection(translations=translations), actor=ACTOR, now=timezone.now())


def withdraw_record(site: Site40) -> None:
    withdraw(RecordKind.INTERVENTION, site.intervention.key, actor=ACTOR, now=timezone.now())  # type: ignore[attr-defined]


def rename_organization(site: Site40) -> None:
    site.organization.name = "Otro nombre"
    site.organization.save()
    publish_organization(site.organization)


def withdraw_organization(site: Site40) -> None:
    withdraw(RecordKind.ORGANIZATION, site.organization.key, actor=ACTOR, now=timezone.now())


def document(site: Site40, **changes: object) -> None:
    path = site.folder / "otra.txt"
    path.write_text("Otra nota sobre la infancia")
    values: dict[str, object] = {"path": path, "language": "es", "title": "Otra"}
    add_document(**(values | changes), actor=ACTOR, now=timezone.now())  # type: ignore[arg-type]


def describe_document(site: Site40) -> None:
    document(site)
    document(site, title="Con otro título", language="pt", year=2001)


def replace_document(site: Site40) -> None:
    """A new file for a document is the old one withdrawn and a new one added."""
    withdraw_document(site.document, actor=ACTOR, now=timezone.now())
    document(site)


WAYS: dict[str, Callable[[Site40], object]] = {
    "page saved": save,
    "page published": publish_page,
    "page unpublished": lambda site: site.segment().unpublish(),
    "page published on schedule": scheduled,
    "page expired": expired,
    "page created": lambda site: new_page("nueva"),
    "page moved": move,
    "page reordered": reorder,
    "slug changed": slug,
    "page copied": copy,
    "page deleted": lambda site: site.segment().delete(),
    "alias made": alias,
    "source of an alias published": source_of_alias,
    "alias in another language": alias_in_another_language,
    "translation published": translated,
    "page restricted to those signed in": restrict("login"),
    "page restricted to groups": restrict("groups"),
    "page restricted by password": restrict("password"),
    "restriction lifted": unrestrict,
    "home page of the site changed": new_home,
    "slug of a home page changed": home_slug,
    "locale changed": locale,
    "facts of a consultation shared between its languages": facts_of_a_consultation,
    "record corrected": correct,
    "record translated": translate_record,
    "record withdrawn": withdraw_record,
    "organization renamed": rename_organization,
    "organization withdrawn": withdraw_organization,
    "library document added": document,
    "library document described anew": describe_document,
    "library document withdrawn": lambda site: withdraw_document(
        site.document, actor=ACTOR, now=timezone.now()
    ),
    "library document replaced": replace_document,
}


# One of those that take the same way to the index; the others are left to the long run.
OFTEN = (
    "page published",
    "page expired",
    "page moved",
    "slug changed",
    "page copied",
    "page deleted",
    "source of an alias published",
    "translation published",
    "page restricted to groups",
    "restriction lifted",
    "home page of the site changed",
    "locale changed",
    "facts of a consultation shared between its languages",
    "record corrected",
    "record withdrawn",
    "organization renamed",
    "library document replaced",
)


@pytest.mark.parametrize("ways", [OFTEN, rarely(tuple(WAYS), name="all")], ids=["often", None])
def test_index_equals_database_after_every_change(site: Site40, index: Engine, ways: tuple[str, ...]) -> None:
    """One way after the other: rolled back it leaves no note, done it is in the index after a drain."""
    wrong: dict[str, object] = {}
    for way in ways:
        change = WAYS[way]
        with transaction.atomic():
            change(site)
            noted = [outbox.Subject(*row) for row in OutboxEntry.objects.values_list("source", "key")]
            drain(index)
            left = compare(index).total, outbox.backlog().waiting
            transaction.set_rollback(True)
        Site.clear_site_root_paths_cache()
        if not noted or left != (0, 0) or OutboxEntry.objects.exists():
            wrong[way] = (noted, left, OutboxEntry.objects.count())
        back_to_what_it_was(index, noted)
    assert wrong == {}
    assert compare(index).total == 0


def back_to_what_it_was(index: Engine, noted: list[outbox.Subject]) -> None:
    outbox.enqueue_all(noted, now=timezone.now())
    drain(index)
    OutboxEntry.objects.all().delete()


@pytest.mark.few(1)
@pytest.mark.parametrize("way", ["page restricted to those signed in", "home page of the site changed"])
def test_a_note_that_cannot_be_made_undoes_the_change(site: Site40, way: str) -> None:
    """In a transaction; `test_saved_alone.py` does the same without one."""

    def full(proceed: Callable[..., object], sql: str, *arguments: object) -> object:
        if sql.startswith('INSERT INTO "search_outboxentry"'):
            raise OperationalError("no space for the note")
        return proceed(sql, *arguments)

    before = (PageViewRestriction.objects.count(), Site.objects.get().root_page_id)
    with connection.execute_wrapper(full), pytest.raises(OperationalError), transaction.atomic():
        WAYS[way](site)
    assert (PageViewRestriction.objects.count(), Site.objects.get().root_page_id) == before


def test_what_is_looked_up_when_shown_needs_no_note(site: Site40, index: Engine) -> None:
    """Names of types are read with the page of results, glossary terms with the question."""
    for row in OrganizationType.objects.all():
        row.name = f"{row.name} (otro)"
        row.save()
    assert (OutboxEntry.objects.count(), compare(index).total) == (0, 0)


def test_a_draft_is_not_noted_and_changes_nothing_public(site: Site40, index: Engine) -> None:
    page = site.segment()
    page.title = "Borrador"
    page.save_revision()
    assert (OutboxEntry.objects.count(), compare(index).total) == (0, 0)


@pytest.mark.long
def test_a_save_costs_the_same_in_a_large_tree(site: Site40) -> None:
    ways = ("page saved", "slug changed", "page restricted to those signed in", "page unpublished")
    small = {way: cost(site, way) for way in ways}
    make_questions(site.tree.area, 12, ("es",), start=3)
    assert {way: cost(site, way) for way in ways} == small


def cost(site: Site40, way: str) -> int:
    """Queries of a change, after one that warms the caches."""
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured, transaction.atomic():
            WAYS[way](site)
            transaction.set_rollback(True)
        Site.clear_site_root_paths_cache()
    return len(captured)


@pytest.mark.long
def test_connecting_twice_notes_once(site: Site40) -> None:
    connect()
    save(site)
    assert OutboxEntry.objects.count() == 1
