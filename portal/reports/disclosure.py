"""What of a report becomes public and what stays private, by the allow-list; its type names it."""

from collections.abc import Mapping
from dataclasses import replace as replaced

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.languages import DEFAULT
from portal.publication.kinds import LedgerKind
from portal.reports.cycle_notes import cycle_note, in_public
from portal.reports.models import Report
from portal.reports.queries import Shown
from portal.reports.records import REPORT
from portal.reports.sent import FIELDS
from portal.submissions.types import Disclosure

# What is asked for, by its name in `sent`: the names under which the ledger would keep it.
KEPT_AS: Mapping[str, frozenset[str]] = {
    "pledge": frozenset({"pledge"}),
    "is_unchanged": frozenset({"unchanged"}),
    "stage": frozenset({"stage"}),
    "day": frozenset({"reported_on"}),
    "figures": frozenset({"figures", "values"}),
    "barriers": frozenset({"barriers"}),
    "enablers": frozenset({"enablers"}),
    "support": frozenset({"support"}),
    "tier": frozenset({"tier"}),
    "evidence": frozenset({"papers"}),
    "text": frozenset({"text"}),
}
# What nobody is asked for and everybody sees: it follows from the moment of submission.
FOLLOWS: Mapping[str, object] = {"cycle": _("Review cycle")}
COPY = _("Documents: a copy, with the name of the file, without author and place")
# In every public face (`submissions.contents.public_face`) and in none.
ALWAYS = (_("The name of your organization"), _("Country"), _("Language"))
NEVER = (
    _("Documents as you gave them"),
    _("Who of your organization wrote the report"),
    _("Drafts, earlier versions, and why one was returned"),
)


def disclosure(report: Report, related: Shown) -> Disclosure:
    """With the name of the cycle that is open now. One query."""
    told = disclosed_by(REPORT)
    line = in_public(cycle_note(None, timezone.now(), get_language() or DEFAULT))
    named = tuple(line if label is FOLLOWS["cycle"] else label for label in told.public)
    return replaced(told, public=named)


def disclosed_by(kind: LedgerKind) -> Disclosure:
    """By an allow-list: what it does not name stays private."""
    allowed = {*kind.texts, *kind.facts}
    labels = {row.name: COPY if row.name == "evidence" else row.label for row in FIELDS}
    public = [labels[name] for name, names in KEPT_AS.items() if names <= allowed]
    public += [label for name, label in FOLLOWS.items() if name in allowed]
    private = [labels[name] for name, names in KEPT_AS.items() if not names <= allowed]
    return Disclosure((*public, *ALWAYS), (*private, *NEVER))
