"""The content of an assessment's receipt, and how it is stored and read; its type names these functions."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from portal.common.reviews import Field, Link, Reader
from portal.followup.assessing.drafts import AssessmentFields, lines_of
from portal.followup.assessment_models import Assessment
from portal.followup.enums import Basis, Confidence
from portal.followup.models import Body
from portal.pledges.enums import Completion
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.submissions.contents import LANGUAGE, TITLE, identity
from portal.submissions.drafts import MAX_TITLE


def sent(assessment: Assessment, related: None) -> dict[str, object]:
    """What a receipt's digest is made of."""
    return identity(assessment) | {
        "pledge": str(assessment.pledge.key) if assessment.pledge else "",
        "body": assessment.body.slug if assessment.body else "",
        "completion": str(assessment.completion),
        "confidence": str(assessment.confidence),
        "basis": str(assessment.basis),
        "text": assessment.text,
        "sources": lines_of(assessment.sources),
        "conflict": assessment.conflict,
    }


def replace(assessment: Assessment, fields: AssessmentFields) -> None:
    """Pledge and body; the title follows from the pledge."""
    if fields.pledge is not None:
        assessment.pledge, assessment.country = fields.pledge, fields.pledge.country
    if fields.body is not None:
        assessment.body = fields.body
    if assessment.pledge is not None:
        with override(assessment.language):
            title = _("Assessment of “%(pledge)s”") % {"pledge": str(assessment.pledge)}
        assessment.title = title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 2]} …"


def _pledge(key: str, reader: Reader) -> tuple[Link, ...]:
    row = Pledge.objects.filter(key=key).first() if key else None
    record = published(RecordKind.PLEDGE).filter(source_key=key).first() if row else None
    return (Link(str(row), record.path(reader.language) if record else "", row.language),) if row else ()


def _body(slug: str, reader: Reader) -> tuple[Link, ...]:
    row = Body.objects.filter(slug=slug).first() if slug else None
    return (Link(row.title(reader.language)),) if row else ()


def _one_of(choices: Any) -> Any:
    return lambda code: dict(choices.choices).get(code, "")


FIELDS = (
    TITLE,
    Field("pledge", gettext_lazy("Pledge"), links=_pledge),
    Field("body", gettext_lazy("Body"), links=_body),
    Field("completion", gettext_lazy("Completion"), words=_one_of(Completion)),
    Field("confidence", gettext_lazy("Confidence"), words=_one_of(Confidence)),
    Field("basis", gettext_lazy("Evidence"), words=_one_of(Basis)),
    LANGUAGE,
    Field("text", gettext_lazy("Finding"), is_text=True),
    Field("sources", gettext_lazy("What it rests on"), is_text=True),
    Field("conflict", gettext_lazy("Conflict of interest"), is_text=True),
)
