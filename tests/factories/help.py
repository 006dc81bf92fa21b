"""Public pledges and offers of help between them."""

from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.matching import domain
from portal.matching.models import HelpOffer
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.submissions.states import SubmissionState
from tests.factories import make_pledge, publish_pledge

NOW = timezone.now()


def public_pledge(organization: Organization, **fields: object) -> Pledge:
    row = make_pledge(organization, state=SubmissionState.PUBLISHED, **fields)
    publish_pledge(row)
    return row


def record_of(pledge: Pledge) -> Record:
    return Record.objects.get(kind="pledge", source_key=pledge.key)


def offered(need: Pledge, offer: Pledge, helper: User, note: str = "") -> HelpOffer:
    return domain.offer_help(need, offer=offer, note=note, actor=person(helper), now=NOW)
