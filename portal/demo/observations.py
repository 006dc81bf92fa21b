"""What the demo's organizations and its observatory observe in the open cycle; the loading calls it.

The same records give the same observations; each is written, submitted and published by other people.
"""

from collections.abc import Iterator
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
        subject = _free(subjects[words["of"]], writer, moderator)
        _observe(words, writer, subject, moderator, now - FIRST + at * STEP)
    return f"{Observation.objects.count()} observations"


def _writer(words: Content) -> Membership:
    """Who writes for the organization, or for the observatory."""
    rows = Membership.objects.filter(role=Role.OWNER).select_related("user", "organization").order_by("pk")
    if "account" in words:
        return rows.get(user__email=f"{words['account']}@{DOMAIN}")
    return rows.filter(organization__name=words["organization"])[0]


def _subjects(name: str) -> Iterator[Subject]:
    if name == "action":
        rows = nodes().filter(framework__in_force=True, kind=NodeKind.ACTION)
        return (Subject(node=node) for node in rows[2:])
    if name == "recommendation":
        return (Subject(record=row) for row in published(RecordKind.RECOMMENDATION).order_by("pk")[4:])
    pledges = published(RecordKind.PLEDGE).filter(facts__has_key="last_report_on").order_by("pk")
    wanted = (row for row in pledges if _is_assessed(row) == (name != "pledge"))
    return (Subject(record=row) for row in wanted)


def _is_assessed(pledge: Record) -> bool:
    """Whether the observatory has assessed it."""
    return f'"voice":"{BodyKind.OBSERVATORY.value}"' in str(pledge.facts.get("assessed", ""))


def _free(subjects: Iterator[Subject], writer: Membership, moderator: Actor) -> Subject:
    """The next one in which neither has a part."""
    return next(
        subject
        for subject in subjects
        if not is_involved(subject, writer.organization_id)
        and not any(belongs_to_involved(actor, subject) for actor in (person(writer.user), moderator))
    )


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
