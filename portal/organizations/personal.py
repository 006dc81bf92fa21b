"""What organizations hold of a person: membership and what leads to it, claims, decisions, evidence."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.common.forgetting import erase_from_journals, journals_of
from portal.common.personal import Erasure, Held, Kept, Person, Topic, deletes, forgets
from portal.organizations.enums import Role
from portal.organizations.members.clearing import INVITATIONS_KEPT
from portal.organizations.merge_models import Merge
from portal.organizations.models import Organization, Proof, ProtectedIdentity


def owned_by(person: Person) -> QuerySet[Any]:
    """Those whose evidence is in the words of the person, and may name them and how to reach them."""
    rows = Organization.objects.exclude(evidence="", submitted_profile__evidence=None)
    return rows.filter(memberships__user=person.pk, memberships__role=Role.OWNER)


def erase_evidence(rows: QuerySet[Any], person: Person) -> None:
    """Only the sentence for the secretariat: name and description are the organization's."""
    for organization in rows:
        organization.evidence = ""
        organization.submitted_profile = _without(organization.submitted_profile)
        organization.save(update_fields=["evidence", "submitted_profile"])
        for change in organization.changes.all():
            change.profile, change.before = _without(change.profile), _without(change.before)
            change.save(update_fields=["profile", "before"])


def _without(profile: dict[str, str]) -> dict[str, str]:
    return profile | {"evidence": ""} if "evidence" in profile else profile


def proofs_given_by(person: Person) -> QuerySet[Any]:
    """They may be papers of the person; what was verified by them stands."""
    return Proof.objects.filter(file__uploaded_by=person.pk)


def journals(person: Person) -> QuerySet[Any]:
    """Merges that can be parted again and whose journal knows the person."""
    return journals_of(Merge.objects.all(), person)


def identities_owned_by(person: Person) -> QuerySet[Any]:
    """The same of those whose name is withheld."""
    memberships = {
        "organization__memberships__user": person.pk,
        "organization__memberships__role": Role.OWNER,
    }
    return ProtectedIdentity.objects.filter(**memberships)


def erase_kept_evidence(rows: QuerySet[Any], person: Person) -> None:
    for row in rows:
        row.said |= {"evidence": "", "submitted_profile": _without(row.said["submitted_profile"])}
        row.save(update_fields=["said"])


PERSONAL: tuple[Held, ...] = (
    Held(
        model="organizations.ProtectedIdentity",
        topic=Topic.ORGANIZATIONS,
        at_erasure=Erasure.FORGET,
        rows=identities_owned_by,
        shown=("said", "since"),
        erase=erase_kept_evidence,
    ),
    forgets(
        "organizations.IdentityReveal",
        Topic.STAFF,
        "user",
        shown=("organization", "at"),
        texts=("reason",),
    ),
    Held(
        model="organizations.Organization",
        topic=Topic.ORGANIZATIONS,
        at_erasure=Erasure.FORGET,
        rows=owned_by,
        shown=("name", "state", "evidence"),
        texts=("submitted_profile",),
        erase=erase_evidence,
    ),
    deletes(
        "organizations.Proof", Topic.ORGANIZATIONS, rows=proofs_given_by, shown=("organization", "added_at")
    ),
    forgets("organizations.Organization", Topic.STAFF, "first_yes_by", shown=("name",)),
    forgets("organizations.Organization", Topic.STAFF, "decided_by", shown=("name", "decided_at")),
    deletes("organizations.Membership", Topic.ORGANIZATIONS, "user", shown=("organization", "role", "since")),
    deletes(
        "organizations.Invitation",
        Topic.ORGANIZATIONS,
        "email",
        shown=("organization", "email", "role", "sent_at", "expires_at", "used_at"),
        texts=("reason",),
    ),
    forgets("organizations.Invitation", Topic.ORGANIZATIONS, "invited_by", shown=("organization", "sent_at")),
    deletes(
        "organizations.JoinRequest",
        Topic.ORGANIZATIONS,
        "person",
        shown=("organization", "text", "state", "reason", "asked_at", "decided_at"),
    ),
    deletes(
        "organizations.OrganizationClaim",
        Topic.ORGANIZATIONS,
        "claimant",
        shown=("organization", "profile", "state", "reason", "submitted_at", "decided_at"),
        texts=("listed",),
    ),
    forgets(
        "organizations.ProfileChange",
        Topic.ORGANIZATIONS,
        "author",
        shown=("organization", "profile", "note", "state", "submitted_at"),
        texts=("before",),
    ),
    forgets("organizations.ProfileChange", Topic.STAFF, "first_yes_by", shown=("submitted_at",)),
    Held(
        model="organizations.Merge",
        topic=Topic.STAFF,
        at_erasure=Erasure.FORGET,
        rows=journals,
        texts=("journal",),
        erase=erase_from_journals,
    ),
    forgets("organizations.Merge", Topic.STAFF, "proposed_by", shown=("reason", "state", "proposed_at")),
    forgets("organizations.Merge", Topic.STAFF, "decided_by", shown=("state", "decided_at")),
    forgets("organizations.Merge", Topic.STAFF, "parted_by", shown=("parted_reason", "parted_at")),
    forgets("organizations.OrganizationClaim", Topic.STAFF, "first_yes_by", shown=("submitted_at",)),
    forgets("organizations.Vouch", Topic.ORGANIZATIONS, "said_by", shown=("sentence", "state", "said_at")),
    forgets("organizations.Appeal", Topic.ORGANIZATIONS, "author", shown=("text", "state", "submitted_at")),
    forgets("organizations.Appeal", Topic.STAFF, "declined_by", shown=("declined_at", "declined_reason")),
)

KEPT: tuple[Kept, ...] = (
    Kept(Topic.ORGANIZATIONS, _("Invitations that nobody took up, after they ended"), INVITATIONS_KEPT),
    Kept(
        Topic.ORGANIZATIONS,
        _("Files that show what an organization is, after the decision"),
        timedelta(days=settings.PROOF_DAYS),
    ),
)
