"""No deletion takes an organization's last owner, whoever deletes what; the configuration connects it."""

from typing import Any

from django.db.models import Model, ProtectedError, QuerySet

from portal.accounts.models import User
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.members.queries import other_owners
from portal.organizations.models import Membership, Organization


def keep_an_owner(instance: Membership, origin: Model | QuerySet[Any], **_rest: object) -> None:
    """Before a membership goes, by itself or with a person. With its organization it may, also where that
    is one with another now.

    Raises `ProtectedError`. `domain.release` gives up what can be given up before an account is deleted.
    """
    if instance.role != Role.OWNER or _model(origin) is Organization:
        return
    if instance.organization.state == OrganizationState.MERGED:
        return
    if not other_owners(instance.organization_id, _leaving(instance, origin)).exists():
        raise ProtectedError("An organization would be without an owner.", {instance})


def _model(origin: Model | QuerySet[Any]) -> type[Model]:
    return origin.model if isinstance(origin, QuerySet) else type(origin)


def _leaving(instance: Membership, origin: Model | QuerySet[Any]) -> Any:
    """The people who go in the same deletion."""
    if not isinstance(origin, QuerySet):
        return [instance.user_id]
    if issubclass(origin.model, User):
        return origin.values("pk")
    return origin.values("user") if issubclass(origin.model, Membership) else [instance.user_id]
