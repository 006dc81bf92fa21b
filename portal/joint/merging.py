"""Signatures, when two organizations become one; the app's configuration declares it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.joint.enums import SignatureState
from portal.joint.models import Signature
from portal.organizations.merging.parts import Moving, Part, Renaming
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.submissions.types import submission_type


def _move(part: Part, moving: Moving) -> None:
    """Once under each text, the signature before the invitation; nobody signs what is its own."""
    kept = moving.new.organization
    there = {row.statement_id: row for row in part.rows(moving.new)}
    for row in part.rows(moving.old).select_related("statement").order_by("pk"):
        other = there.get(row.statement_id)
        if _is_its_own(row, kept.pk) or (other is not None and not _goes_before(row, other)):
            part.drop([row])
            continue
        if other is not None:
            part.drop([other])
        row.organization = kept
        row.save(update_fields=["organization"])
    part.drop([row for row in there.values() if _is_its_own(row, kept.pk)])


def _goes_before(row: Signature, other: Signature) -> bool:
    return row.state == SignatureState.SIGNED and other.state != SignatureState.SIGNED


def _is_its_own(row: Signature, organization: int) -> bool:
    """Texts have moved before: apps that stand below come first."""
    of, statement = submission_type(row.statement.kind), row.statement
    texts = of.model._default_manager.filter(key=statement.submission_key)
    return bool(texts.filter(organization=organization).exists())


def _told(facts: dict[str, Any], renaming: Renaming) -> dict[str, Any]:
    """The same of the public record: each number once, and never that of who keeps it."""
    if not facts.get("signatories"):
        return facts
    rows = Record.objects.filter(
        kind=RecordKind.ORGANIZATION,
        source_key__in=[renaming.old, renaming.new, renaming.keeper or renaming.new],
    )
    numbers = {str(row.source_key): row.public_id for row in rows}
    old, new = numbers.get(renaming.old, ""), numbers.get(renaming.new, "")
    told = [new if number == old else number for number in str(facts["signatories"]).split()]
    said = [number for number in dict.fromkeys(told) if number and number != numbers.get(renaming.keeper)]
    rest = {name: value for name, value in facts.items() if name != "signatories"}
    return rest | ({"signatories": " ".join(said)} if said else {})


PARTS = (
    Part(
        relation="joint.Signature.organization",
        label=_("Signatures"),
        move=_move,
        is_shared=True,
        tell=_told,
    ),
)
