"""Reads of joint statements, of signatures and of what their texts are (private)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.common.actors import Actor
from portal.common.digests import digest_of
from portal.joint.enums import SignatureState
from portal.joint.models import JointStatement, Signature
from portal.networks.queries import current_memberships, public_memberships
from portal.organizations.enums import OrganizationState
from portal.organizations.queries import organization_ids, with_role
from portal.publication.kinds import WITHHELD
from portal.submissions.models import Signable, Submission, SubmittedVersion
from portal.submissions.queries import content_of
from portal.submissions.states import SubmissionState
from portal.submissions.types import Related, SubmissionType

# Who speaks may change with a merge or a category; what was signed is the text.
NOT_THE_TEXT = ("signatories", "organization", WITHHELD)


def statement_of(row: Submission) -> JointStatement | None:
    """One query."""
    rows = JointStatement.objects.filter(kind=row.kind, submission_key=row.key)
    return rows.select_related("network").first()


def locked(row: Submission) -> Any:
    """The submission as it is stored, while nobody else changes it."""
    rows = type(row)._default_manager.select_for_update(of=("self",)).select_related("organization")
    return rows.get(key=row.key)


def states_before_signing(rows: Iterable[Submission]) -> dict[UUID, str]:
    """Of those that wait for signatures, by key. One query, none where none waits."""
    keys = [row.key for row in rows if row.state == SubmissionState.AWAITING_SIGNATURES]
    known = JointStatement.objects.filter(submission_key__in=keys) if keys else JointStatement.objects.none()
    return dict(known.values_list("submission_key", "opened_from"))


def signatures_of(row: Submission) -> list[Signature]:
    """All that were invited, in the order of the authors. One query."""
    rows = Signature.objects.filter(statement__kind=row.kind, statement__submission_key=row.key)
    return list(rows.select_related("organization", "statement"))


def rows_of(row: Submission) -> tuple[QuerySet[JointStatement], QuerySet[Signature]]:
    """All that a joint statement has beside its own row."""
    own = JointStatement.objects.filter(kind=row.kind, submission_key=row.key)
    return own, Signature.objects.filter(statement__in=own)


def counts(signature: Signature) -> bool:
    """Whether it is named when the text is submitted now. No query."""
    return (
        signature.state == SignatureState.SIGNED
        and signature.digest == signature.statement.digest
        and signature.organization.state == OrganizationState.VERIFIED
    )


def text_of(of: SubmissionType, row: Submission, related: Related) -> dict[str, object]:
    """What signatories read and sign."""
    content = of.sent(row, related)
    return {name: value for name, value in content.items() if name not in NOT_THE_TEXT}


def text_digest(of: SubmissionType, row: Submission, related: Related) -> str:
    return digest_of(text_of(of, row, related))


def told(row: Any) -> dict[str, object]:
    """What the receipt of a joint statement holds besides: the network, and who has signed this text.

    Nothing of any other. Two queries, none of any other.
    """
    if not row.is_joint:
        return {}
    statement = statement_of(row)
    network = statement.network.slug if statement and statement.network else ""
    signed = [signature for signature in signatures_of(row) if counts(signature)]
    named = [{"signature": str(each.key), "organization": str(each.organization.key)} for each in signed]
    return {"on_behalf_of": network, "signatories": named}


def networks_of(row: Submission, today: date) -> list[Any]:
    """The public networks that its organization belongs to today. One query."""
    return [member.network for member in public_memberships(row.organization.key, today)]


def own_among(actor: Actor, rows: Sequence[Submission]) -> set[UUID]:
    """Those that an organization of the actor says beside the authors, by key: declared as `also_said_by`.

    It has signed, what is written now or what was submitted, or belongs to the network in whose name it is
    said. Three queries, none where none is a joint statement.
    """
    keys = [row.key for row in rows if isinstance(row, Signable) and row.is_joint]
    return _signed_by(actor, keys) | _in_the_name_of(actor, keys) if keys else set()


def _signed_by(actor: Actor, keys: Sequence[UUID]) -> set[UUID]:
    sent = SubmittedVersion.objects.filter(submission_key__in=keys)
    named = [one["signature"] for each in sent for one in (content_of(each) or {}).get("signatories", ())]
    stands = Q(state__in=(SignatureState.SIGNED, SignatureState.VOID)) | Q(key__in=named)
    rows = Signature.objects.filter(stands, statement__submission_key__in=keys)
    rows = rows.filter(organization_id__in=organization_ids(actor))
    return set(rows.values_list("statement__submission_key", flat=True))


def _in_the_name_of(actor: Actor, keys: Sequence[UUID]) -> set[UUID]:
    own = current_memberships(organization_ids(actor), timezone.now().date()).values("network")
    rows = JointStatement.objects.filter(submission_key__in=keys, network__in=own)
    return set(rows.values_list("submission_key", flat=True))


def asked_of(actor: Actor) -> QuerySet[Signature]:
    """What the actor's organizations were asked to sign, in any role of the actor; the newest first."""
    rows = Signature.objects.filter(organization_id__in=organization_ids(actor))
    rows = rows.exclude(state=SignatureState.CHOSEN).select_related("organization", "statement__network")
    return with_role(rows, actor).order_by("-asked_at", "-pk")
