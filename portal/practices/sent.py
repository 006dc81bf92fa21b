"""The content of a good practice's receipt, and how it is stored and read; its type names these functions."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from portal.attachments.domain import replace_attachments
from portal.attachments.sent import ATTACHMENTS, sent_attachments
from portal.common.countries import country_name
from portal.common.reviews import Field
from portal.interventions.queries import Chosen
from portal.interventions.sent import ABOUT, asked, replace_questions, replace_wholes
from portal.joint.contents import JOINT
from portal.joint.queries import told
from portal.joint.storing import replace_joint
from portal.practices.drafts import PracticeFields
from portal.practices.models import Practice
from portal.practices.records import TEXTS
from portal.submissions.contents import COUNTRY, LANGUAGE, MARKS, NAME, TITLE, identity


def sent(practice: Practice, related: Chosen) -> dict[str, object]:
    """What a receipt's digest is made of."""
    return identity(practice) | {
        "countries": list(practice.countries),
        **asked(related),
        **{name: getattr(practice, name) for name in TEXTS},
        **sent_attachments(practice, related.attachments),
        **told(practice),
    }


def replace(practice: Practice, fields: PracticeFields) -> None:
    """Of the questions those that are live pages, each once."""
    if fields.countries is not None:
        practice.countries = list(fields.countries)
    if fields.question_keys is not None:
        replace_questions(practice.questions, fields.question_keys)
    replace_wholes(practice, fields.wholes)
    replace_attachments(practice.attachments, fields.attachments)
    replace_joint(practice, fields)


def _countries(codes: Sequence[str]) -> str:
    return " · ".join(country_name(code) for code in codes)


FIELDS = (
    TITLE,
    NAME,
    COUNTRY,
    Field("countries", _("Other countries"), words=_countries),
    LANGUAGE,
    *ABOUT,
    MARKS,
    *JOINT,
    Field("contact_role", _("Whom to ask")),
    Field("problem", _("The problem"), is_text=True),
    Field("measure", _("What was done"), is_text=True),
    Field("beneficiaries", _("Who benefits"), is_text=True),
    Field("evidence", _("Evidence"), is_text=True),
    Field("conditions", _("Conditions to repeat it"), is_text=True),
    ATTACHMENTS,
)
