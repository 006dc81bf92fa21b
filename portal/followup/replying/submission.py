"""The declaration of replies for the desk and for moderation; the app's configuration names it.

A reply has no record of its own: what becomes public of it stands in the record of the assessment.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.errors import Problem
from portal.common.formatting import day
from portal.common.ids import key_in
from portal.common.languages import DEFAULT
from portal.common.reviews import Field, Link, Reader
from portal.common.states import FEMININE
from portal.followup.assessing import domain as assessing
from portal.followup.assessing.projection import project as project_assessment
from portal.followup.assessing.records import replies_until
from portal.followup.models.assessments import Assessment, Reply
from portal.followup.replying import domain, drafts
from portal.followup.replying.assessed import assessed, public_facts
from portal.followup.replying.drafts import MAX_WORDS, ReplyFields
from portal.organizations.models import Organization
from portal.publication.enums import RecordKind
from portal.publication.projections import Projection
from portal.publication.queries import published
from portal.submissions.contents import LANGUAGE, TITLE, identity
from portal.submissions.decisions import DECISIONS, with_verb
from portal.submissions.drafts import MAX_TITLE
from portal.submissions.steps import FieldsForm
from portal.submissions.types import Phrases, Start, Step, SubmissionType


class ReplyForm(FieldsForm):
    texts = ("text",)

    text = forms.CharField(
        label=gettext_lazy("What do you say to it?"),
        help_text=gettext_lazy("It stands below the assessment for everybody. Without names of persons."),
        widget=forms.Textarea(attrs={"rows": 8, "data-max-words": MAX_WORDS, "autocomplete": "off"}),
    )

    def fields_to_save(self) -> ReplyFields:
        return ReplyFields(text=self.typed()["text"])

    def problems(self) -> list[Problem]:
        """After the thirty days also that they are over."""
        late = drafts.untimely(self.draft, timezone.now())
        return [*late, *drafts.writing_problems(self.typed()["text"])]


def _start(asked: QueryDict, actor: Actor, organizations: QuerySet[Organization]) -> Start:
    """`?assessment=` is its key; without one, or after its time, a page lists those that are open."""
    typed = asked.get("assessment", "").strip()
    key = key_in(typed)
    wanted = drafts.to_reply_to(actor).filter(key=key).first() if key else None
    record = drafts.record_of(wanted) if wanted else None
    if wanted is None or record is None or timezone.now().date() > replies_until(record):
        refusal = drafts.TOO_LATE if record else drafts.NOT_OPEN if typed else ""
        return _instead(actor, organizations, refusal)
    given = drafts.replied_already(wanted).values("organization")
    left = drafts.who_replies(wanted, organizations).exclude(pk__in=given)
    if given and not left:
        return _instead(actor, organizations, drafts.REPLIED)
    return Start(
        left,
        fields=lambda organization: ReplyFields(assessment=wanted),
        context=lambda: {"assessment": wanted, "replied": assessed(wanted, get_language() or DEFAULT)},
    )


def _instead(actor: Actor, organizations: QuerySet[Organization], refusal: object) -> Start:
    return Start(
        organizations,
        fields=lambda organization: ReplyFields(),
        context=lambda: {"rows": _choices(actor), "refusal": refusal},
        instead="followup/desk/choose_assessment.html",
    )


def _choices(actor: Actor) -> list[dict[str, Any]]:
    """What one can reply to today, and until when. Two queries."""
    rows = {row.key: row for row in drafts.to_reply_to(actor)}
    records = published(RecordKind.ASSESSMENT).filter(source_key__in=rows)
    today, language = timezone.now().date(), get_language() or DEFAULT
    return [
        {
            "key": record.source_key,
            "label": record.title,
            "lang": record.language,
            "url": record.path(language),
            "until": day(replies_until(record)),
        }
        for record in records
        if today <= replies_until(record)
    ]


def _sent(reply: Reply, related: None) -> dict[str, object]:
    key = str(reply.assessment.key) if reply.assessment else ""
    return identity(reply) | {"assessment": key, "text": reply.text}


def _replace(reply: Reply, fields: ReplyFields) -> None:
    """The title follows from the assessment."""
    if fields.assessment is not None:
        reply.assessment, reply.country = fields.assessment, fields.assessment.country
    if reply.assessment is not None:
        with override(reply.language):
            title = _("Reply to: %(assessment)s") % {"assessment": str(reply.assessment)}
        reply.title = title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 2]} …"


def _project(reply: Reply) -> Projection:
    """That of the assessment, in which it stands."""
    assessment = Assessment.objects.select_related("organization", "pledge", "body").get(replies=reply)
    return project_assessment(assessment)


def _after_withdrawal(reply: Reply, actor: Actor, now: datetime) -> None:
    if reply.assessment is not None:
        assessing.restate(reply.assessment, actor=actor, now=now)


def _links(key: str, reader: Reader) -> tuple[Link, ...]:
    record = published(RecordKind.ASSESSMENT).filter(source_key=key).first() if key else None
    return (Link(record.title, record.path(reader.language), record.language),) if record else ()


REPLY = SubmissionType(
    kind="reply",
    label=gettext_lazy("Reply"),
    gender=FEMININE,
    model=Reply,
    path="replies",
    is_copyable=False,
    decisions=with_verb(DECISIONS, "approved", domain.publish_reply),
    may_review=domain.may_review,
    fields=(
        TITLE,
        Field("assessment", gettext_lazy("Assessment"), links=_links),
        LANGUAGE,
        Field("text", gettext_lazy("Reply"), is_text=True),
    ),
    joined=("organization", "author", "assessment"),
    phrases=Phrases(
        plural=gettext_lazy("Replies to assessments"),
        new=gettext_lazy("New reply"),
        start=gettext_lazy("Reply to an assessment"),
        begin=gettext_lazy("Write the reply"),
        none=gettext_lazy("One of your pledges was assessed. You can reply within thirty days."),
        of_organization=gettext_lazy("Reply of %(organization)s"),
        received=gettext_lazy("We have received your reply"),
        declaration=gettext_lazy(
            "By submitting this reply you confirm that your organization stands by it and agrees to its "
            "publication below the assessment, once the secretariat has read it."
        ),
        link=gettext_lazy("Reply to an assessment"),
    ),
    start=_start,
    start_inside="followup/desk/start_reply.html",
    steps=(
        Step(
            name="reply",
            title=gettext_lazy("Reply"),
            form=ReplyForm,
            problems=lambda reply, related: drafts.all_problems(reply),
            is_started=lambda reply, related: bool(reply.text),
            corrects=frozenset({*ReplyForm.base_fields}),
            before="followup/desk/before_reply.html",
            context=lambda request, reply, related, form: {
                "replied": assessed(reply.assessment, get_language() or DEFAULT)
            },
        ),
    ),
    plain=("language", "text"),
    prefetch=(),
    related=lambda reply: None,
    unstorable=drafts.unstorable,
    untimely=lambda reply, related, now: drafts.untimely(reply, now),
    replace=_replace,
    sent=_sent,
    project=_project,
    after_withdrawal=_after_withdrawal,
    is_offered=drafts.may_reply,
    closed_to=drafts.closed_to,
    public_facts=lambda reply, language: public_facts(reply.assessment, language),
)
