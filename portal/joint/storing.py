"""What one step of writing says of network and signatories, stored; the types' `replace` calls it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from portal.joint.enums import SignatureState
from portal.joint.mails import tell_signatories
from portal.joint.models import DraftShare, JointStatement, Signature
from portal.joint.queries import statement_of
from portal.networks.models import Network
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.submissions.drafts import DraftFields
from portal.submissions.models import Submission


def replace_joint(row: Any, fields: DraftFields) -> None:
    """Of the organizations the verified ones but its own, each once; who was asked before stays so.

    The caller saves the row, which knows then whether it `is_joint`.
    """
    if fields.on_behalf_of is None and fields.signatories is None:
        return
    statement = statement_of(row) or JointStatement(kind=row.kind, submission_key=row.key)
    if fields.on_behalf_of is not None:
        statement.network = Network.objects.filter(slug=fields.on_behalf_of, is_public=True).first()
    statement.save()
    if fields.signatories is not None:
        _invite(row, statement, fields.signatories)
    row.is_joint = statement.network_id is not None or statement.signatures.exists()


def forget(row: Submission) -> None:
    """All that hangs on a draft that is deleted."""
    for model in (JointStatement, DraftShare):
        model.objects.filter(kind=row.kind, submission_key=row.key).delete()  # type: ignore[attr-defined]


def forget_frozen(row: Any) -> None:
    """The words that were signed: they are public now, or left out. Signatures keep the digest."""
    if row.is_joint:
        rows = JointStatement.objects.filter(kind=row.kind, submission_key=row.key)
        rows.exclude(content="").update(content="")


def _invite(row: Submission, statement: JointStatement, keys: Sequence[UUID]) -> None:
    there = {each.organization.key: each for each in statement.signatures.select_related("organization")}
    gone = [each for key, each in there.items() if key not in keys]
    signed = [each for each in gone if each.state == SignatureState.SIGNED]
    tell_signatories(row, signed, SignatureState.VOID)
    statement.signatures.filter(pk__in=[each.pk for each in gone]).delete()
    new = Organization.objects.filter(key__in=set(keys) - {*there}, state=OrganizationState.VERIFIED)
    known = {each.key: each for each in new.exclude(pk=row.organization_id)}
    Signature.objects.bulk_create(
        Signature(statement=statement, organization=known[key]) for key in dict.fromkeys(keys) if key in known
    )
    for position, key in enumerate(dict.fromkeys(keys)):
        statement.signatures.filter(organization__key=key).update(position=position)
