"""The demo's organizations and what they wrote, through the same verbs that people's forms use."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.accounts.models import User
from portal.common.actors import Actor, person, system
from portal.demo.accounts import DOMAIN, create_person
from portal.demo.content import DOCUMENTS, Content, all_records, key_of, read
from portal.interventions.drafts import InterventionFields
from portal.interventions.models import Intervention
from portal.interventions.submission import INTERVENTION
from portal.library.domain import add_document
from portal.library.enums import DocumentKind
from portal.moderation.domain import decide
from portal.organizations import domain as organizations
from portal.organizations.models import Organization
from portal.pledges.drafts import PledgeFields
from portal.pledges.submission import PLEDGE
from portal.submissions.domain import create_draft, save_draft, submit

# The focal point's own organization: it has something in every state that a desk can show.
FOCAL_POINTS_ORGANIZATION = "puente-de-cana"
MODERATOR = f"moderator@{DOMAIN}"
FIRST_DAY, STEP = timedelta(days=60), timedelta(days=3, hours=21)
FIRST_PLEDGE, PLEDGE_STEP = timedelta(days=48), timedelta(days=7, hours=3)


@dataclass(frozen=True, slots=True)
class Cast:
    """Organizations and the people who act for them, by the organization's name in the demo."""

    organizations: dict[str, Organization]
    owners: dict[str, Actor]
    moderator: Actor


def load_records(*, now: datetime, times: int = 1) -> str:
    """Organizations, interventions and pledges, dated over the last weeks; each `times` over, numbered.

    What was said to a consultation that is over has its own date, while that was open.
    """
    moderator = person(User.objects.get(email=MODERATOR))
    for number in range(1, times + 1):
        _load(records_of(number), moderator, now)
    names, records = ("organizations", "interventions", "pledges"), records_of(1)
    return ", ".join(f"{len(records[name]) * times} {name}" for name in names)


def records_of(number: int) -> Content:
    """The demo's records; from the second copy on with names of their own."""
    records = all_records()
    if number == 1:
        return records
    return records | {
        "organizations": [
            row | {"key": f"{row['key']}-{number}", "name": f"{row['name']} {number}"}
            for row in records["organizations"]
        ],
        "interventions": [
            row | {"organization": f"{row['organization']}-{number}"} for row in records["interventions"]
        ],
        "pledges": [
            row
            | {
                "organization": f"{row['organization']}-{number}",
                "external_id": row["external_id"] and f"{row['external_id']}-{number}",
            }
            for row in records["pledges"]
        ],
    }


def _load(records: Content, moderator: Actor, now: datetime) -> None:
    cast = Cast({}, {}, moderator)
    for words in records["organizations"]:
        _organization(words, cast, words.get("at", now - FIRST_DAY))
    written: dict[str, Intervention] = {}
    for at, words in enumerate(records["interventions"], start=1):
        written[words["key"]] = _intervention(words, cast, words.get("at", now - FIRST_DAY + at * STEP))
    for at, words in enumerate(records["pledges"], start=1):
        _pledge(words, cast, written, now - FIRST_PLEDGE + at * PLEDGE_STEP)


def load_documents(*, now: datetime) -> str:
    """The demo's own notes for the library."""
    rows = read("records")["documents"]
    for words in rows:
        add_document(
            path=DOCUMENTS / words["file"],
            language=words["language"],
            title=words["title"],
            kind=words["kind"] if words["kind"] in DocumentKind.values else DocumentKind.OTHER,
            year=words["year"],
            source="Cartagena+40 demo",
            actor=system("load_demo"),
            now=now,
        )
    return f"{len(rows)} documents"


def _organization(words: Content, cast: Cast, now: datetime) -> None:
    name = words["key"]
    if name == FOCAL_POINTS_ORGANIZATION:
        owner = User.objects.get(email=f"focal-point@{DOMAIN}")
    else:
        owner = create_person(f"{name}@{DOMAIN}", words["name"], words["language"])
    actor = person(owner)
    fields = organizations.OrganizationFields(
        name=words["name"],
        type_code=words["type"],
        country=words["country"],
        language=words["language"],
        description=words["description"],
        evidence="Invented for the demo.",
    )
    organization = organizations.create_organization(fields=fields, actor=actor, now=now)
    organization = organizations.submit_organization(organization, actor=actor, now=now)
    decide("organization", organization.key, "verified", actor=cast.moderator, now=now + timedelta(hours=20))
    organization.refresh_from_db()
    cast.organizations[name] = organization
    cast.owners[name] = actor


def _intervention(words: Content, cast: Cast, now: datetime) -> Intervention:
    actor = cast.owners[words["organization"]]
    keys = tuple(key_of(question) for question in words["questions"])
    draft = create_draft(
        INTERVENTION,
        organization=cast.organizations[words["organization"]],
        language=words["language"],
        actor=actor,
        now=now,
    )
    fields = InterventionFields(
        question_keys=keys,
        title=words["title"],
        body=words["body"].strip(),
        country=words["country"],
        form=words["kind"],
        recommendations=tuple(words["key_recommendations"]),
        marks=read("marks")["interventions"].get(words["key"], []),
    )
    draft = save_draft(draft, fields=fields, revision=draft.revision, actor=actor, now=now)
    _translate(draft, words)
    if words["state"] == "draft":
        return draft
    submit(draft, submit_key=draft.submit_key, actor=actor, now=now)
    decided = now + timedelta(hours=30)
    if words["state"] == "published":
        decide("intervention", draft.key, "approved", actor=cast.moderator, now=decided)
    elif words["state"] == "returned":
        decide(
            "intervention", draft.key, "returned", reason=words["reason"], actor=cast.moderator, now=decided
        )
    return draft


def _translate(draft: Intervention, words: Content) -> None:
    """Official translations come from the secretariat, beside the text; no form writes them yet."""
    if "translations" in words:
        draft.translations = [
            {
                "language": row["language"],
                "title": row["title"],
                "body": row["body"].strip(),
                "recommendations": row["key_recommendations"],
            }
            for row in words["translations"]
        ]
        draft.save(update_fields=["translations"])


def _pledge(words: Content, cast: Cast, written: dict[str, Intervention], now: datetime) -> None:
    actor = cast.owners[words["organization"]]
    organization = cast.organizations[words["organization"]]
    pledge = create_draft(
        PLEDGE,
        organization=organization,
        language=words["language"],
        actor=actor,
        now=now,
    )
    fields = PledgeFields(
        country=organization.country,
        external_id=words["external_id"],
        forum=words["forum"],
        title=words["title"],
        description=words["description"].strip(),
        stage=words["stage"],
        outcomes=tuple(words["outcomes"]),
        intervention_keys=tuple(written[name].key for name in words["interventions"]),
    )
    pledge = save_draft(pledge, fields=fields, revision=pledge.revision, actor=actor, now=now)
    if words["state"] == "draft":
        return
    submit(pledge, submit_key=pledge.submit_key, actor=actor, now=now)
    if words["state"] == "published":
        decide("pledge", pledge.key, "approved", actor=cast.moderator, now=now + timedelta(hours=26))
