"""Something public of each kind, something withdrawn, drafts that could leak; for the tests of open data."""

from django.utils import timezone

from portal.common.actors import system
from portal.conclusions.enums import PartKind
from portal.library.models import LibraryDocument
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.plan.models import PlanFramework
from portal.publication import domain as ledger
from portal.publication.queries import published
from tests.cast import make_focal_point, make_red_uno
from tests.factories import (
    make_consultation,
    make_intervention,
    make_organization,
    make_pledge,
    make_practice,
    make_report,
    publish_intervention,
    publish_pledge,
    publish_practice,
    publish_report,
)
from tests.factories.backed_conclusions import make_conclusions, make_part, publish_draft
from tests.factories.followup import (
    make_assessment,
    make_body,
    make_cycle,
    make_observation,
    publish_assessment,
    publish_observation,
)
from tests.factories.networks import make_network
from tests.factories.plan import make_framework, make_node

CANARY = "zunzuncanario"


def make_everything() -> Organization:
    make_focal_point()
    organization, pages = make_red_uno(), make_consultation()
    publish_draft(make_conclusions(pages))
    make_part(make_conclusions(pages, number=2), PartKind.RECOMMENDATION, body=CANARY)
    PlanFramework.objects.update(in_force=False)
    node = make_node(make_framework(in_force=True), "1.1")
    for slug in ("one", "other"):
        make_network(slug=slug, kind="mechanism", themes=(node.key,), is_public=True)
    for kind in ("mechanism", "network"):
        make_network(kind=kind, is_public=True)
    make_network(name_en=CANARY)
    make_body(), make_cycle(), _add_document()
    translated = {"language": "en", "title": "Words", "body": "More words.", "recommendations": []}
    source = make_intervention(
        organization, questions=pages.questions, country="MX", translations=[translated]
    )
    record = publish_intervention(source)
    record.translations.create(
        of_version=1, language="fr", kind="official", title="Mots", made_by="service", source="A service"
    )
    hidden = make_intervention(organization, title=CANARY, body=CANARY)
    pledge = make_pledge(
        organization, interventions=[source.key, hidden.key], country="MX", needs=["financial"]
    )
    publish_pledge(pledge)
    publish_report(make_report(pledge))
    publish_assessment(make_assessment(pledge, make_organization(state=OrganizationState.VERIFIED)))
    publish_practice(make_practice(organization))
    observer = make_organization(state=OrganizationState.VERIFIED)
    publish_observation(make_observation(observer, record=published("pledge").get()))
    make_observation(observer, record=published("pledge").get(), text=CANARY, title=CANARY)
    withdraw_one(organization)
    make_pledge(organization, title=CANARY)
    make_report(pledge, title=CANARY, text=CANARY)
    return organization


def _add_document() -> None:
    now = timezone.now()
    LibraryDocument.objects.create(
        title="Nota",
        language="es",
        sha256="0" * 64,
        passages_count=1,
        created_at=now,
        updated_at=now,
    )


def withdraw_one(organization: Organization) -> None:
    gone = make_pledge(organization, title=CANARY, description=CANARY)
    publish_pledge(gone)
    ledger.withdraw("pledge", gone.key, actor=system("test"), now=timezone.now())
