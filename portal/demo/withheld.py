"""The demo's organization whose name is withheld, with a published intervention."""

from datetime import datetime, timedelta

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.demo.accounts import DOMAIN, create_person
from portal.demo.content import Content, key_of, read
from portal.interventions.drafts import InterventionFields
from portal.interventions.submission import INTERVENTION
from portal.moderation.domain import decide
from portal.organizations.domain import OrganizationFields, create_organization, submit_organization
from portal.organizations.models import Organization
from portal.organizations.protecting import reveal
from portal.submissions.domain import create_draft, submit

FIRST, STEP = timedelta(days=9), timedelta(hours=30)


def load_withheld(*, now: datetime) -> str:
    """Two focal points verify it, the first one says why they read who it is; a moderator reads its text."""
    words, at = read("withheld"), now - FIRST
    said = words["organization"]
    owner = person(create_person(f"{said['key']}@{DOMAIN}", said["name"], said["language"]))
    organization = _verified(said, owner, at)
    _published(words["intervention"], organization, owner, at + 2 * STEP)
    return "1 organization"


def _verified(said: Content, owner: Actor, at: datetime) -> Organization:
    names = ("name", "country", "language", "description", "evidence")
    fields = OrganizationFields(type_code=said["type"], **{name: said[name] for name in names})
    organization = create_organization(fields=fields, actor=owner, now=at, is_protected=True)
    organization = submit_organization(organization, actor=owner, now=at)
    first, second = (_staff(name) for name in ("protection", "protection2"))
    for actor, code in ((first, "first_yes"), (second, "verified")):
        reveal(organization, reason=said["reason"], actor=actor, now=at + STEP)
        decide("organization", organization.key, code, actor=actor, now=at + STEP)
    organization.refresh_from_db()
    return organization


def _published(words: Content, organization: Organization, owner: Actor, at: datetime) -> None:
    fields = InterventionFields(
        title=words["title"],
        country=words["country"],
        body=words["body"].strip(),
        question_keys=tuple(map(key_of, words["questions"])),
        recommendations=tuple(words["key_recommendations"]),
    )
    given = {"organization": organization, "language": words["language"], "fields": fields}
    draft = create_draft(INTERVENTION, **given, actor=owner, now=at)
    submit(draft, submit_key=draft.submit_key, actor=owner, now=at)
    decide("intervention", draft.key, "approved", actor=_staff("moderator"), now=at + STEP)


def _staff(name: str) -> Actor:
    return person(User.objects.get(email=f"{name}@{DOMAIN}"))
