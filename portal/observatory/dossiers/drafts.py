"""What people type into a dossier, and what of it cannot be kept; domain and forms call it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.common.errors import Problem
from portal.common.languages import CODES
from portal.common.phrases import too_long
from portal.observatory.dossiers.limits import COMMENT, DESCRIPTION, TITLE


@dataclass(frozen=True, slots=True)
class DossierFields:
    title: str
    language: str
    description: str = ""


def dossier_problems(fields: DossierFields) -> list[Problem]:
    problems = []
    if not fields.title:
        problems.append(Problem("title", _("Give the dossier a title.")))
    if (over := len(fields.title) - TITLE) > 0:
        problems.append(Problem("title", too_long(over)))
    if (over := len(fields.description) - DESCRIPTION) > 0:
        problems.append(Problem("description", too_long(over)))
    if fields.language not in CODES:
        problems.append(Problem("language", _("Choose one of the four languages.")))
    return problems


def comment_problems(comment: str) -> list[Problem]:
    over = len(comment) - COMMENT
    return [Problem("comment", too_long(over))] if over > 0 else []
