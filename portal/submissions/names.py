"""What an organization has published follows when its name is withheld or said again."""

from datetime import datetime

from portal.common.actors import Actor
from portal.organizations.models import Organization
from portal.publication import domain as ledger
from portal.submissions.emptying import empty
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_types


def follow_name(organization: Organization, actor: Actor, now: datetime) -> None:
    """Said again at all that is published and not being corrected; a correction says it once it is published.

    What is withheld the ledger has been told before; what was proposed to amend may say who it is.
    """
    if organization.is_protected:
        empty(organization.amendments.all())
    for of in submission_types():
        rows = of.model._default_manager.filter(organization=organization, state=SubmissionState.PUBLISHED)
        for row in rows.select_related("organization").order_by("pk"):
            of.name_changed(row, actor, now)
            if not organization.is_protected:
                ledger.publish(of.project(row), actor=actor, now=now)
