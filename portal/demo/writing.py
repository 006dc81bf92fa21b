"""Joint texts, texts about a whole, and texts that were decided against, of the demo; `loading` calls it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.consultations import later
from portal.consultations.models import ConsultationPage, TypeDeadline
from portal.demo.accounts import DOMAIN
from portal.demo.content import Content, all_records, key_of, read
from portal.interventions.drafts import InterventionFields
from portal.interventions.models import Intervention
from portal.interventions.submission import INTERVENTION
from portal.joint.domain import open_for_signing, sign
from portal.joint.models import Signature
from portal.moderation.domain import decide
from portal.moderation.leaving_out import redact
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.publication.wholes import WholeKind, whole_code
from portal.submissions.domain import create_draft, submit
from portal.submissions.redress.appeals import appeal
from portal.submissions.redress.queries import measures_of

CONSULTATION = "brasilia"
DECIDED, AFTERWARDS = timedelta(hours=26), timedelta(hours=44)
SIGNED = timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class Text:
    """A draft with its words in the demo, its owner, and when it was begun."""

    row: Intervention
    words: Content
    owner: Actor
    at: datetime


def load_writing(*, now: datetime) -> str:
    """Texts of every kind that writing and moderation know, and who may write until when."""
    words, names = read("writing"), {row["key"]: row["name"] for row in all_records()["organizations"]}
    known = {row.name: row for row in Organization.objects.filter(name__in=names.values())}
    organizations = {key: known[name] for key, name in names.items() if name in known}
    for row in words["texts"]:
        text = _written(row, organizations, now - timedelta(days=row["days_ago"]))
        WAYS[row["does"]](text)
    _deadlines(words["deadlines"], organizations, now)
    return f"{len(words['texts'])} texts, {len(words['deadlines']['of_types']) + 1} other deadlines"


def _written(words: Content, organizations: dict[str, Organization], at: datetime) -> Text:
    organization = organizations[words["organization"]]
    fields = InterventionFields(
        title=words["title"],
        country=organization.country,
        body=words["body"].strip(),
        question_keys=tuple(map(key_of, words.get("questions", ()))),
        wholes=tuple(_wholes(words)),
        recommendations=tuple(words["recommendations"]),
        signatories=tuple(organizations[name].key for name in words.get("signatories", ())),
    )
    owner = _owner(organization)
    given = {"organization": organization, "language": words["language"], "fields": fields}
    text = Text(create_draft(INTERVENTION, **given, actor=owner, now=at), words, owner, at)
    if "signatories" in words:
        by: list[str] = words.get("signed_by") or words["signatories"]
        _signed(text, [organizations[name].pk for name in by])
    return text


def _wholes(words: Content) -> list[str]:
    named = {WholeKind.SEGMENT: words.get("segment"), WholeKind.CONSULTATION: words.get("consultation")}
    return [whole_code(kind, key_of(name)) for kind, name in named.items() if name]


def _signed(text: Text, by: list[int]) -> None:
    open_for_signing(text.row, actor=text.owner, now=text.at)
    asked = Signature.objects.filter(statement__submission_key=text.row.key, organization__in=by)
    for each in asked.select_related("organization", "statement"):
        signer = _owner(each.organization)
        sign(each, digest=each.statement.digest, word="", actor=signer, now=text.at + SIGNED)
    text.row.refresh_from_db()


def _asked(text: Text) -> None:
    """It waits for the others."""


def _submitted(text: Text) -> None:
    submit(text.row, submit_key=text.row.submit_key, actor=text.owner, now=text.at + SIGNED)


def _approved(text: Text) -> None:
    _submitted(text)
    decide("intervention", text.row.key, "approved", actor=_moderator(), now=text.at + DECIDED)
    text.row.refresh_from_db()


def _declined(text: Text) -> None:
    _submitted(text)
    _decided_against(text, "declined", text.at + DECIDED)
    measure = measures_of(text.row).get()
    said, language = text.words["appeal"], text.words["language"]
    appeal(measure, text=said, language=language, actor=text.owner, now=text.at + AFTERWARDS)


def _redacted(text: Text) -> None:
    _approved(text)
    why = {name: text.words[name] for name in ("words", "ground", "reason")}
    redact(INTERVENTION, text.row, field="body", **why, actor=_moderator(), now=text.at + AFTERWARDS)


def _taken_down(text: Text) -> None:
    _approved(text)
    _decided_against(text, "taken_down", text.at + AFTERWARDS)


WAYS: dict[str, Callable[[Text], None]] = {
    "asked": _asked,
    "signed": _approved,
    "approved": _approved,
    "declined": _declined,
    "redacted": _redacted,
    "taken_down": _taken_down,
}


def _decided_against(text: Text, code: str, now: datetime) -> None:
    why = {"ground": text.words["ground"], "reason": text.words["reason"]}
    decide("intervention", text.row.key, code, **why, actor=_moderator(), now=now)


def _deadlines(words: Content, organizations: dict[str, Organization], now: datetime) -> None:
    """By days from now, at the hour of the consultation's own deadline."""
    page = ConsultationPage.objects.filter(translation_key=key_of(CONSULTATION)).order_by("pk")[0]
    for row in words["of_types"]:
        deadline = now + timedelta(days=row["days"])
        TypeDeadline.objects.create(page=page, type_code=row["type"], deadline=deadline)
    given = words["later"]
    later.give(
        organizations[given["organization"]],
        consultation=key_of(CONSULTATION),
        until=now + timedelta(days=given["days"]),
        reason=given["reason"],
        actor=_moderator(),
        now=now - DECIDED,
    )


def _owner(organization: Organization) -> Actor:
    return person(organization.memberships.select_related("user").get(role=Role.OWNER).user)


def _moderator() -> Actor:
    return person(User.objects.get(email=f"moderator@{DOMAIN}"))
