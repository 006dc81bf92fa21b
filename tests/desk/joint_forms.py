"""Forms of joint statements: what `desk_forms` builds for texts that others sign, and for shared drafts."""

from collections.abc import Callable
from typing import Any

from portal.joint.models import DraftShare
from portal.organizations.enums import OrganizationState
from portal.practices.models import Practice
from portal.submissions.models import Submission
from tests.factories import make_intervention, make_organization, make_practice, make_user
from tests.factories.joint import ask, invite, make_lead, make_share, make_signatories, sign, signature
from tests.factories.networks import make_network, make_network_member

MAKERS: dict[str, Callable[..., Any]] = {"interventions": make_intervention, "practices": make_practice}


def own(stage: Any, path: str) -> Any:
    """A draft of the stage's organization that another one is invited to sign."""
    draft = MAKERS[path](stage.organization, questions=stage.questions(), author=stage.user, language="en")
    return invite(draft, *make_signatories(1))


def asked(stage: Any) -> Any:
    """A text of another organization that the stage's organization is asked to sign."""
    owner = make_user(email="authors@example.org")
    authors = make_organization(state=OrganizationState.VERIFIED, owner=owner)
    draft = ask(invite(make_practice(authors), stage.organization))
    return signature(draft, stage.organization)


def signed(stage: Any) -> Any:
    row = asked(stage)
    draft = Practice.objects.get(key=row.statement.submission_key)
    sign(draft, stage.organization)
    return row


def led(stage: Any) -> Any:
    """A network of the stage's organization that leads a segment."""
    network = make_network(slug="river", is_public=True)
    make_network_member(network, stage.organization)
    make_lead(network, make_organization(name="Leader", state=OrganizationState.VERIFIED))
    return network


def shared(stage: Any, draft: Submission) -> DraftShare:
    return make_share(draft, led(stage))
