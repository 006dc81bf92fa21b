"""From a path to a page: translations, fallback, drafts, restrictions, odd input, constant queries."""

from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from portal.accounts.models import User
from portal.cms.routing import Crumb, resolve
from portal.pages.models import ContentPage, HomePage
from tests.factories import make_consultation, make_home
from tests.factories.pages import ConsultationTree, Pages
from tests.thinning import rarely

QUESTION = "consultations/brasilia/segment-1/area-1/question-1/"


def _page(parent: Page, slug: str, *, title: str = "", original: Page | None = None) -> ContentPage:
    page = ContentPage(title=title or slug, slug=slug, locale=parent.locale)
    if original is not None:
        page.translation_key = original.translation_key
    parent.add_child(instance=page)
    return page


@pytest.fixture
def home(db: None) -> Pages:
    return make_home()


def _restrict(page: Page, kind: str = PageViewRestriction.LOGIN) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")


@pytest.mark.parametrize("path", ["", "consultations/brasilia"])
def test_nothing_is_found_before_there_is_a_home_page(db: None, path: str) -> None:
    """The first day of an installation; also on PostgreSQL, which refuses an empty list."""
    with pytest.raises(Http404):
        resolve(path, "es")


def test_page_is_found_in_each_language(consultation_pages: ConsultationTree) -> None:
    pages = consultation_pages.question_pages[0]
    resolved = {code: resolve(QUESTION, code).page.pk for code in pages}
    assert resolved == {code: page.pk for code, page in pages.items()}


def test_home_is_found_in_each_language(home: Pages) -> None:
    assert {code: resolve("", code).page.pk for code in home} == {code: p.pk for code, p in home.items()}


def test_trail_leads_from_below_the_home_page(consultation_pages: ConsultationTree) -> None:
    assert resolve(QUESTION, "pt").crumbs == (
        Crumb("Consultations (pt)", "/pt/consultations/"),
        Crumb("Consultation (pt)", "/pt/consultations/brasilia/"),
        Crumb("Segment (pt)", "/pt/consultations/brasilia/segment-1/"),
        Crumb("Area (pt)", "/pt/consultations/brasilia/segment-1/area-1/"),
    )


def test_missing_translation_shows_the_original_and_says_so(home: Pages) -> None:
    page = _page(home["en"], "only-english", title="Only English")
    route = resolve("only-english/", "fr")
    assert (route.page.pk, route.is_fallback, route.lang, route.url) == (
        page.pk,
        True,
        "en",
        "/fr/only-english/",
    )


def test_original_is_the_oldest_row_not_the_default_language(home: Pages) -> None:
    original = _page(home["en"], "note")
    _page(home["es"], "note", original=original)
    assert resolve("note", "fr").page.pk == original.pk


def test_translation_with_another_slug_is_redirected_to(client: Client, home: Pages) -> None:
    original = _page(home["es"], "acerca")
    _page(home["en"], "about", original=original)
    answer = client.get("/en/acerca/?q=a%20b&page=2")
    assert (answer.status_code, answer["Location"]) == (302, "/en/about/?q=a%20b&page=2")
    assert client.get("/fr/about/")["Location"] == "/fr/acerca/"


def test_alternates_name_the_address_in_each_language(home: Pages) -> None:
    original = _page(home["es"], "acerca")
    _page(home["en"], "about", original=original)
    assert resolve("acerca", "es").alternates == {
        "es": "/es/acerca/",
        "en": "/en/about/",
        "pt": "/pt/acerca/",
        "fr": "/fr/acerca/",
    }


def test_draft_translation_falls_back_to_the_original(consultation_pages: ConsultationTree) -> None:
    pages = consultation_pages.question_pages[0]
    Page.objects.filter(pk=pages["fr"].pk).update(live=False, title="Secret draft")
    route = resolve(QUESTION, "fr")
    assert (route.page.pk, route.alternates["fr"]) == (pages["es"].pk, f"/fr/{QUESTION}")


def test_draft_translation_with_another_slug_is_not_found(client: Client, home: Pages) -> None:
    draft = _page(home["en"], "secret", original=_page(home["es"], "acerca"))
    Page.objects.filter(pk=draft.pk).update(live=False)
    assert client.get("/en/secret/").status_code == 404


@pytest.mark.parametrize("part", ["index", "consultation", "segment", "area"])
def test_page_below_a_draft_is_not_found(
    client: Client, consultation_pages: ConsultationTree, part: str
) -> None:
    pages = getattr(consultation_pages, part)
    Page.objects.filter(pk__in=[page.pk for page in pages.values()]).update(live=False)
    assert client.get(f"/es/{QUESTION}").status_code == 404


def test_page_below_a_draft_translation_falls_back(consultation_pages: ConsultationTree) -> None:
    Page.objects.filter(pk=consultation_pages.segment["fr"].pk).update(live=False)
    assert resolve(QUESTION, "fr").page.pk == consultation_pages.question_pages[0]["es"].pk


def test_restricted_page_sends_a_visitor_to_sign_in(client: Client, home: Pages) -> None:
    parent = _page(home["es"], "staff")
    _page(parent, "below", title="Secret below")
    _restrict(parent)
    for path in ("/es/staff/", "/es/staff/below/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={path}")


def test_restricted_page_opens_for_a_signed_in_person_and_is_not_stored(
    client: Client, home: Pages, focal_point: User
) -> None:
    _restrict(_page(home["es"], "staff", title="Hidden words"))
    client.force_login(focal_point)
    answer = client.get("/es/staff/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("kind", [PageViewRestriction.GROUPS, PageViewRestriction.PASSWORD])
def test_restriction_that_signing_in_does_not_lift_is_refused(
    client: Client, home: Pages, focal_point: User, kind: str
) -> None:
    _restrict(_page(home["es"], "staff", title="Hidden words"), kind)
    client.force_login(focal_point)
    answer = client.get("/es/staff/")
    assert answer.status_code == 403
    assert "Hidden words" not in answer.content.decode()


def test_page_outside_every_site_is_not_found(client: Client, home: Pages) -> None:
    Page.objects.get(depth=1).add_child(instance=Page(title="Stray", slug="stray", locale=home["es"].locale))
    assert client.get("/es/stray/").status_code == 404


def test_another_site_takes_no_language_over(client: Client, home: Pages) -> None:
    root = Page.objects.get(depth=1)
    other = root.add_child(
        instance=HomePage(title="Another portal", slug="another", locale=home["es"].locale)
    )
    Site.objects.create(hostname="other.example", root_page=other)
    for host in ("testserver", "localhost"):
        assert "Another portal" not in client.get("/es/", headers={"host": host}).text


def test_page_without_a_type_of_ours_is_not_found(client: Client, home: Pages) -> None:
    home["es"].add_child(instance=Page(title="Bare", slug="bare", locale=home["es"].locale))
    assert client.get("/es/bare/").status_code == 404


@pytest.mark.few(6)
@pytest.mark.parametrize(
    "path",
    [
        "/es/nada/",
        "/es/" + "a/" * 400,
        "/es/" + "a" * 5000 + "/",
        "/es/consultations//brasilia/",
        "/es/%00/",
        "/es/%F0%9F%99%82/",
        "/es/%ff%fe/",
        "/es/../admin/",
        "/es/a b/",
        "/es/'or'1'='1/",
        "/es/ñandú/",
        "/es/%25/",
        "/xx/",
    ],
)
def test_odd_address_is_not_found(client: Client, consultation_pages: ConsultationTree, path: str) -> None:
    assert client.get(path).status_code == 404


def test_address_without_its_last_slash_is_completed(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    answer = client.get("/es/consultations?x=1")
    assert (answer.status_code, answer["Location"]) == (301, "/es/consultations/?x=1")


def test_page_takes_no_form(client: Client, consultation_pages: ConsultationTree) -> None:
    assert client.post("/es/consultations/").status_code == 405


def test_visitor_gets_no_cookie(client: Client, consultation_pages: ConsultationTree) -> None:
    assert client.get(f"/es/{QUESTION}").cookies == {}


@pytest.mark.parametrize(("depth", "others"), [(2, 0), (5, 9), rarely(7, 0), rarely(2, 60), rarely(7, 60)])
def test_content_page_costs_the_same_at_any_depth_and_size(
    client: Client, home: Pages, django_assert_num_queries: Any, depth: int, others: int
) -> None:
    parents = dict(home)
    original = None
    for level in range(depth - 1):
        for code in home:
            first = None if code == "es" else parents["es"]
            parents[code] = _page(parents[code], f"level-{level}", original=first)
            original = original or parents[code]
    for number in range(others):
        _page(home["es"], f"other-{number}")
    path = parents["en"].url_path.replace(home["en"].url_path, "/en/", 1)
    assert client.get(path).status_code == 200
    with django_assert_num_queries(2):
        client.get(path)


def test_missing_translation_costs_no_more(client: Client, db: None, django_assert_num_queries: Any) -> None:
    home = make_home()
    make_consultation(home, codes=("es",))
    _page(home["es"], "only-spanish")
    client.get("/fr/only-spanish/")
    with django_assert_num_queries(2):
        client.get("/fr/only-spanish/")
