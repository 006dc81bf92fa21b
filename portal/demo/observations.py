"""What the demo's organizations and its observatory observe in the open cycle; the loading calls it.

The same records give the same observations; each is written, submitted and published by other people.
"""

from datetime import datetime, timedelta

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.demo.accounts import DOMAIN
from portal.demo.content import Content, read
from portal.followup.enums import BodyKind
from portal.followup.models import Observation
from portal.followup.observing.drafts import ObservationFields
from portal.followup.observing.involved import belongs_to_involved, is_involved
from portal.followup.observing.subjects import Subject
from portal.followup.observing.submission import OBSERVATION
from portal.followup.queries import seats_of
from portal.moderation.domain import decide
from portal.organizations.enums import Role
from portal.organizations.models import Membership
from portal.plan.enums import NodeKind
from portal.plan.queries import nodes
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import published
from portal.submissions.domain import create_draft, submit

FIRST, STEP, READ_AFTER = timedelta(days=40), timedelta(days=4), timedelta(hours=26)


def load_observations(*, now: datetime) -> str:
    """In the last weeks, one to a thing."""
    subjects = {name: _subjects(name) for name in ("pledge", "action", "assessed pledge", "recommendation")}
    moderator = person(User.objects.get(email=f"moderator@{DOMAIN}"))
    for at, words in enumerate(read("observations")["observations"]):
        writer = _writer(words)
        subject = _free(subjects[words["of"]], words["language"], writer, moderator)
        _observe(words, writer, subject, moderator, now - FIRST + at * STEP)
    return f"{Observation.objects.count()} observations"


def _writer(words: Content) -> Membership:
    """Who writes for the organization, or for the observatory."""
    rows = Membership.objects.filter(role=Role.OWNER).select_related("user", "organization").order_by("pk")
    if "account" in words:
        return rows.get(user__email=f"{words['account']}@{DOMAIN}")
    return rows.filter(organization__name=words["organization"])[0]


def _subjects(name: str) -> list[Subject]:
    if name == "action":
        return [
            Subject(node=node) for node in nodes().filter(framework__in_force=True, kind=NodeKind.ACTION)[2:]
        ]
    if name == "recommendation":
        return [Subject(record=row) for row in published(RecordKind.RECOMMENDATION).order_by("pk")[4:]]
    pledges = published(RecordKind.PLEDGE).filter(facts__has_key="last_report_on").order_by("pk")
    return [Subject(record=row) for row in pledges if _is_assessed(row) == (name != "pledge")]


def _is_assessed(pledge: Record) -> bool:
    """Whether the observatory has assessed it."""
    return f'"voice":"{BodyKind.OBSERVATORY.value}"' in str(pledge.facts.get("assessed", ""))


def _free(subjects: list[Subject], language: str, writer: Membership, moderator: Actor) -> Subject:
    """The first one in which neither has a part, those of the language first; taken off the list."""
    ordered = sorted(subjects, key=lambda each: each.record is not None and each.record.language != language)
    chosen = next(
        subject
        for subject in ordered
        if not is_involved(subject, writer.organization_id)
        and not any(belongs_to_involved(actor, subject) for actor in (person(writer.user), moderator))
    )
    subjects.remove(chosen)
    return chosen


def _observe(words: Content, writer: Membership, subject: Subject, moderator: Actor, now: datetime) -> None:
    actor = person(writer.user)
    seats = seats_of(actor, now.date()).filter(body__kind=BodyKind.OBSERVATORY) if "account" in words else ()
    fields = ObservationFields(
        subject=subject,
        body=next((seat.body for seat in seats), None),
        title=words["title"],
        text=words["text"],
        sources="\n".join(words["sources"]),
        conflict=words["conflict"],
    )
    draft = create_draft(
        OBSERVATION,
        organization=writer.organization,
        language=words["language"],
        fields=fields,
        actor=actor,
        now=now,
    )
    submit(draft, submit_key=draft.submit_key, actor=actor, now=now)
    decide("observation", draft.key, "approved", actor=moderator, now=now + READ_AFTER)
