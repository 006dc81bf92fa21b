"""The stages of the trace, from question to result, in order; every room that shows it uses them."""

from collections.abc import Callable

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext


class Stage(TextChoices):
    """The read API uses these codes."""

    QUESTION = "guiding_question", gettext_lazy("Guiding question")
    INTERVENTION = "intervention", gettext_lazy("Intervention")
    RECOMMENDATION = "recommendation", gettext_lazy("Recommendation")
    PLAN_ACTION = "plan_action", gettext_lazy("Plan action")
    PLEDGE = "pledge", gettext_lazy("Pledge")
    REPORT = "progress_report", gettext_lazy("Progress report")
    REVIEW = "review", gettext_lazy("Assessment")


PLURALS = {
    Stage.QUESTION: gettext_lazy("guiding questions"),
    Stage.INTERVENTION: gettext_lazy("contributions"),
    Stage.RECOMMENDATION: gettext_lazy("recommendations"),
    Stage.PLAN_ACTION: gettext_lazy("plan actions"),
    Stage.PLEDGE: gettext_lazy("pledges"),
    Stage.REPORT: gettext_lazy("progress reports"),
    Stage.REVIEW: gettext_lazy("assessments"),
}
HERE: dict[Stage, Callable[[], str]] = {
    Stage.QUESTION: lambda: _("This question"),
    Stage.INTERVENTION: lambda: _("This contribution"),
    Stage.RECOMMENDATION: lambda: _("This recommendation"),
    Stage.PLAN_ACTION: lambda: _("This plan action"),
    Stage.PLEDGE: lambda: _("This pledge"),
    Stage.REPORT: lambda: _("This progress report"),
    Stage.REVIEW: lambda: _("This assessment"),
}
NUMBERS: dict[Stage, Callable[[int], str]] = {
    Stage.QUESTION: lambda n: ngettext("%(number)s guiding question", "%(number)s guiding questions", n),
    Stage.INTERVENTION: lambda n: ngettext("%(number)s contribution", "%(number)s contributions", n),
    Stage.RECOMMENDATION: lambda n: ngettext("%(number)s recommendation", "%(number)s recommendations", n),
    Stage.PLAN_ACTION: lambda n: ngettext("%(number)s plan action", "%(number)s plan actions", n),
    Stage.PLEDGE: lambda n: ngettext("%(number)s pledge", "%(number)s pledges", n),
    Stage.REPORT: lambda n: ngettext("%(number)s progress report", "%(number)s progress reports", n),
    Stage.REVIEW: lambda n: ngettext("%(number)s assessment", "%(number)s assessments", n),
}


def counted(stage: Stage, number: int) -> str:
    """A number with its noun, such as "4 contributions"."""
    return NUMBERS[stage](number) % {"number": number}


def with_unchanged(reports: str, unchanged: int, number: object) -> str:
    """`12 progress reports, 3 of which say that nothing has changed`: those are no new progress.

    `reports` are all with their noun, `number` is how readers see that of the `unchanged`.
    """
    if not unchanged:
        return reports
    return ngettext(
        "%(reports)s, %(number)s of which says that nothing has changed",
        "%(reports)s, %(number)s of which say that nothing has changed",
        unchanged,
    ) % {"reports": reports, "number": number}
