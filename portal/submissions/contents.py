"""Fields of the content that all types share; their declarations name them. The title is its heading."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.common.countries import COUNTRIES
from portal.common.phrases import LANGUAGE_NAMES
from portal.common.reviews import Field
from portal.submissions.models import Submission


def _country(code: str) -> Any:
    return COUNTRIES.get(code, "")


def _language(code: str) -> Any:
    return LANGUAGE_NAMES.get(code, "")


def identity(submission: Submission) -> dict[str, object]:
    """What the receipt of every type holds; `sent` of the type adds its own names."""
    return {
        "kind": submission.kind,
        "key": str(submission.key),
        "organization": str(submission.organization.key),
        "language": submission.language,
        "country": submission.country,
        "title": submission.title,
    }


TITLE = Field("title", _("Title"), is_heading=True)
COUNTRY = Field("country", _("Country"), words=_country)
LANGUAGE = Field("language", _("Language"), words=_language)
