"""Every public change leaves its note in the outbox, in the transaction that makes it."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal.common.actors import system
from portal.consultations.models import SegmentPage
from portal.interventions.models import Intervention
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from portal.organizations.models import Organization
from portal.publication.domain import publish, withdraw
from portal.publication.enums import RecordKind
from search.models import OutboxEntry, Source
from tests.factories import make_intervention, make_pledge, publish_intervention, publish_pledge
from tests.factories.organizations import publish_organization
from tests.factories.pages import ConsultationTree

ACTOR = system("tests")


def noted(source: Source) -> set[str]:
    """What is in the outbox, which is empty afterwards."""
    keys = set(OutboxEntry.objects.filter(source=source).values_list("key", flat=True))
    OutboxEntry.objects.all().delete()
    return keys


@pytest.fixture
def published(organization: Organization, consultation_pages: ConsultationTree) -> Intervention:
    intervention = make_intervention(organization, questions=consultation_pages.questions[:1])
    publish_intervention(intervention)
    OutboxEntry.objects.all().delete()
    return intervention


def test_publishing_and_withdrawing_a_record_is_noted(organization: Organization) -> None:
    OutboxEntry.objects.all().delete()
    intervention = make_intervention(organization)
    assert noted(Source.RECORD) == set()
    publish_intervention(intervention)
    assert f"intervention:{intervention.key}" in noted(Source.RECORD)
    withdraw(RecordKind.INTERVENTION, intervention.key, actor=ACTOR, now=timezone.now())
    assert noted(Source.RECORD) == {f"intervention:{intervention.key}"}


def test_a_change_undone_leaves_no_note(organization: Organization) -> None:
    intervention = make_intervention(organization)
    OutboxEntry.objects.all().delete()
    with transaction.atomic():
        publish_intervention(intervention)
        transaction.set_rollback(True)
    assert noted(Source.RECORD) == set()


def test_a_changed_organization_takes_its_contributions_along(published: Intervention) -> None:
    published.organization.name = "Otro nombre"
    published.organization.save()
    publish_organization(published.organization)
    assert noted(Source.RECORD) == {
        f"organization:{published.organization.key}",
        f"intervention:{published.key}",
    }


def test_a_changed_intervention_takes_the_pledges_that_follow_along(published: Intervention) -> None:
    pledge = make_pledge(published.organization, interventions=[published.key])
    publish_pledge(pledge)
    noted(Source.RECORD)
    withdraw(RecordKind.INTERVENTION, published.key, actor=ACTOR, now=timezone.now())
    assert noted(Source.RECORD) == {f"intervention:{published.key}", f"pledge:{pledge.key}"}


def test_a_library_document_is_noted(library_document: Callable[..., LibraryDocument]) -> None:
    document = library_document("Una nota")
    assert noted(Source.DOCUMENT) == {document.public_id}
    withdraw_document(document, actor=ACTOR, now=timezone.now())
    assert noted(Source.DOCUMENT) == {document.public_id}


def test_publishing_a_page_is_noted_by_its_key(consultation_pages: ConsultationTree) -> None:
    page = SegmentPage.objects.get(pk=consultation_pages.segment["es"].pk)
    OutboxEntry.objects.all().delete()
    page.title = "Otro título"
    revision = page.save_revision()
    assert noted(Source.PAGE) == set()
    revision.publish()
    assert noted(Source.PAGE) == {str(page.translation_key)}


def branch(tree: ConsultationTree) -> set[str]:
    pages = [tree.segment["es"], tree.area["es"], *(pages["es"] for pages in tree.question_pages)]
    return {str(page.translation_key) for page in pages}


@pytest.mark.parametrize("change", ["unpublish", "slug", "move", "restrict", "delete"])
def test_what_hides_or_moves_a_branch_is_noted_for_all_of_it(
    published: Intervention, consultation_pages: ConsultationTree, change: str
) -> None:
    page = SegmentPage.objects.get(pk=consultation_pages.segment["es"].pk)
    if change == "unpublish":
        page.unpublish()
    elif change == "slug":
        page.slug = "other"
        page.save()
    elif change == "move":
        page.move(Page.objects.get(pk=consultation_pages.index["es"].pk), pos="last-child")
        page.refresh_from_db()
        page.save()
    elif change == "restrict":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    else:
        page.delete()
    records = set(OutboxEntry.objects.filter(source=Source.RECORD).values_list("key", flat=True))
    assert f"intervention:{published.key}" in records
    assert noted(Source.PAGE) >= branch(consultation_pages)


def test_the_same_publication_again_notes_nothing(published: Intervention) -> None:
    publish_intervention(published)
    assert noted(Source.RECORD) == set()


def test_notes_hold_keys_and_no_content() -> None:
    names = {field.name for field in OutboxEntry._meta.get_fields()}
    assert names == {
        *("id", "source", "key", "created_at", "done_at", "attempts", "not_before", "failed_at", "problem")
    }
    assert publish.__module__ == "portal.publication.domain"
