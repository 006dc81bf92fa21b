"""The demo's organizations on other ways of verification: vouched for, asked, declined, suspended, lapsed."""

from datetime import datetime, timedelta

from portal.accounts.models import User
from portal.common.actors import Actor, person, system
from portal.demo.accounts import DOMAIN, create_person
from portal.demo.content import Content, read
from portal.moderation.domain import decide
from portal.organizations.domain import OrganizationFields, create_organization, submit_organization
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Membership, Organization
from portal.organizations.verifying import appeals, standing, vouching
from portal.organizations.verifying.cases import Case

FIRST, STEP, LATER = timedelta(days=24), timedelta(days=3), timedelta(hours=30)
KIND = "organization"


def load_verification(*, now: datetime) -> str:
    """The verified ones stand from today on, so that none lapses while the demo is looked at."""
    verified = Organization.objects.filter(state=OrganizationState.VERIFIED)
    verified.update(confirmed_at=now)
    moderator = person(User.objects.get(email=f"moderator@{DOMAIN}"))
    rows = read("verification")["organizations"]
    for at, words in enumerate(rows):
        _load(words, moderator, now - FIRST + at * STEP)
    return f"{len(rows)} organizations"


def _load(words: Content, moderator: Actor, at: datetime) -> None:
    owner = person(create_person(f"{words['key']}@{DOMAIN}", words["name"], words["language"]))
    organization = create_organization(fields=_fields(words), actor=owner, now=at)
    if words.get("at_risk"):
        organization = standing.ask_for_two(organization, actor=owner, now=at)
    for name in words.get("vouchers", ()):
        _vouch(organization, name, words["sentence"], owner, at)
    if "asks" in words:
        vouching.ask_to_vouch(Case(organization), _called(words["asks"]), actor=owner, now=at)
    organization = submit_organization(organization, actor=owner, now=at)
    _decide(organization, words, moderator, at + LATER)
    if "appeal" in words:
        organization.refresh_from_db()
        said = {"text": words["appeal"], "language": words["language"]}
        appeals.appeal(organization, **said, actor=owner, now=at + 2 * LATER)


def _decide(organization: Organization, words: Content, moderator: Actor, at: datetime) -> None:
    key, state = organization.key, words["state"]
    given = {"reason": words.get("reason", ""), "ground": words.get("ground", "")}
    if state in {"suspended", "lapsed"}:
        decide(KIND, key, "verified", actor=moderator, now=at)
    if state == "lapsed":
        lapse = system("tend_confirmations")
        standing.lapse_organization(organization, actor=lapse, now=at + LATER)
    elif state != "submitted":
        decide(KIND, key, state, **given, actor=moderator, now=at + LATER)


def _vouch(organization: Organization, name: str, sentence: str, owner: Actor, at: datetime) -> None:
    voucher = _called(name)
    speaker = Membership.objects.filter(organization=voucher, role=Role.OWNER).select_related("user")[0]
    asked = vouching.ask_to_vouch(Case(organization), voucher, actor=owner, now=at)
    vouching.say(asked, is_yes=True, sentence=sentence, actor=person(speaker.user), now=at)


def _called(name: str) -> Organization:
    return Organization.objects.get(name=name)


def _fields(words: Content) -> OrganizationFields:
    return OrganizationFields(
        name=words["name"],
        type_code=words["type"],
        country=words["country"],
        language=words["language"],
        description=words["description"],
        evidence=words.get("evidence", ""),
    )
