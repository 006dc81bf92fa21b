"""A page that texts name is not deleted in its last language, alone, with its parent or in bulk."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from portal.accounts.models import User
from portal.organizations.models import Organization
from portal.publication.wholes import WholeKind, whole_code
from tests.factories import make_consultation, make_intervention, make_practice
from tests.factories.pages import ConsultationTree


@pytest.fixture
def tree(db: None) -> ConsultationTree:
    return make_consultation(codes=("es",))


@pytest.fixture
def admin(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def deleted(client: Client, page: Page) -> bool:
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    return not Page.objects.filter(pk=page.pk).exists()


@pytest.mark.few(1)
@pytest.mark.parametrize("at", ["question", "segment", "consultation"])
def test_what_a_draft_is_on_stays_with_all_above_it(
    admin: Client, tree: ConsultationTree, organization: Organization, at: str
) -> None:
    make_intervention(organization, questions=tree.questions[:1])
    page = {"question": tree.question_pages[0], "segment": tree.segment, "consultation": tree.consultation}
    assert not deleted(admin, page[at]["es"])
    assert deleted(admin, tree.question_pages[1]["es"])


@pytest.mark.long
def test_what_a_practice_is_about_as_a_whole_stays(
    admin: Client, tree: ConsultationTree, organization: Organization
) -> None:
    segment = tree.segment["es"]
    make_practice(organization, wholes=[whole_code(WholeKind.SEGMENT, segment.translation_key)])
    assert not deleted(admin, segment)
    assert not deleted(admin, tree.consultation["es"])


@pytest.mark.long
def test_several_at_once_are_refused_as_well(
    admin: Client, tree: ConsultationTree, organization: Organization
) -> None:
    make_intervention(organization, questions=tree.questions[:1])
    pages = [each["es"].pk for each in tree.question_pages]
    ids = "&".join(f"id={pk}" for pk in pages)
    path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    admin.post(f"{path}?next=/admin/&{ids}")
    assert Page.objects.filter(pk__in=pages).count() == 2


def test_a_translation_can_go_while_another_language_has_the_question(
    admin: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    make_intervention(organization, questions=consultation_pages.questions[:1])
    assert deleted(admin, consultation_pages.question_pages[0]["fr"])
