"""The demo's good practices, through the same verbs that people's forms use; the loading calls it."""

from datetime import datetime, timedelta

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.demo.accounts import DOMAIN
from portal.demo.content import Content, key_of, read
from portal.moderation.domain import decide
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.practices.drafts import PracticeFields
from portal.practices.records import TEXTS
from portal.practices.submission import PRACTICE
from portal.submissions.domain import create_draft, save_draft, submit

READ_AFTER = timedelta(hours=28)


def load_practices(*, now: datetime) -> str:
    """Written, submitted and approved over the last weeks."""
    moderator = person(User.objects.get(email=f"moderator@{DOMAIN}"))
    names = {row["key"]: row["name"] for row in read("records")["organizations"]}
    rows = read("practices")["practices"]
    for words in rows:
        organization = Organization.objects.get(name=names[words["organization"]])
        _practice(words, organization, moderator, now - timedelta(days=words["days_ago"]))
    return f"{len(rows)} good practices"


def _practice(words: Content, organization: Organization, moderator: Actor, now: datetime) -> None:
    owner = person(organization.memberships.get(role=Role.OWNER).user)
    draft = create_draft(
        PRACTICE, organization=organization, language=words["language"], actor=owner, now=now
    )
    fields = PracticeFields(
        title=words["title"],
        country=words["country"],
        countries=tuple(words["countries"]),
        marks=list(words["marks"]),
        question_keys=tuple(key_of(name) for name in words["questions"]),
        **{name: words[name].strip() for name in TEXTS},
    )
    draft = save_draft(draft, fields=fields, revision=draft.revision, actor=owner, now=now)
    submit(draft, submit_key=draft.submit_key, actor=owner, now=now)
    decide("practice", draft.key, "approved", actor=moderator, now=now + READ_AFTER)
