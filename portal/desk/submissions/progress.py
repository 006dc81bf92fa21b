"""How far a draft is: its steps with their state, and where to correct what; desk views call it."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from portal.common.errors import Problem
from portal.joint.problems import SIGNING
from portal.submissions.models import Submission
from portal.submissions.states import SubmissionState
from portal.submissions.steps import Task, status
from portal.submissions.types import Related, Step, SubmissionType

BACK = "back"


def step_address(of: SubmissionType, draft: Submission, name: str, current: str = "check") -> str:
    """Of a step; one that is opened from the page that submits leads back there."""
    back = f"?{BACK}=check" if current == "check" else ""
    return f"{of.address(name, draft.key)}{back}"


def tasks_of(of: SubmissionType, draft: Submission, related: Related, current: str = "") -> list[Task]:
    """The steps, each with its state in words, and checking last."""
    tasks = [
        Task(
            str(step.title),
            step_address(of, draft, step.name, current),
            *_status(step, draft, related),
            current=step.name == current,
        )
        for step in of.steps_of(draft)
    ]
    check = of.address("check", draft.key)
    return [*tasks, Task(_("Check and submit"), check, _("to do"), current=current == "check")]


def following(of: SubmissionType, draft: Submission, name: str) -> str:
    """The step after a step; those that stand aside are passed over."""
    ahead = (step for step in of.steps if step.name == name or (step.is_needed(draft) and not step.is_aside))
    names = [*(step.name for step in ahead), "check"]
    return names[names.index(name) + 1]


def first_unfinished(of: SubmissionType, draft: Submission, related: Related) -> str:
    open_steps = (step.name for step in of.steps if not step.is_optional and step.problems(draft, related))
    return next(open_steps, "check")


def writing_address(of: SubmissionType, draft: Submission, related: Related) -> str:
    """Where to go on: what came back begins at its text, where the note stands."""
    if draft.state == SubmissionState.RETURNED:
        return anew_address(of, draft)
    return of.address(first_unfinished(of, draft, related), draft.key)


def anew_address(of: SubmissionType, draft: Submission) -> str:
    """Where what is written anew opens: at its text, or at what must be said before it and is missing."""
    names = [step.name for step in of.steps_of(draft)]
    text = next((step.name for step in of.steps if step.is_text), names[0])
    missing = first_unfinished(of, draft, of.related(draft))
    is_before = missing in names[: names.index(text)]
    return of.address(missing if is_before else text, draft.key)


def passed_over(of: SubmissionType, draft: Submission, related: Related) -> list[dict[str, str]]:
    """The optional steps in which nothing is said yet: title, address, what holds meanwhile."""
    return [
        {
            "label": str(step.title),
            "url": step_address(of, draft, step.name),
            "meanwhile": step.meanwhile(draft),
        }
        for step in of.steps_of(draft)
        if step.is_optional and step.is_aside and not step.is_started(draft, related)
    ]


def linked_problems(
    of: SubmissionType, draft: Submission, problems: Collection[Problem]
) -> list[dict[str, str]]:
    """Each problem with the address of the field in its step; `figure_1` is one of `figure`."""
    steps = {name: step.name for step in of.steps for name in step.corrects}
    rows = []
    for problem in problems:
        name = steps.get(problem.field) or steps.get(problem.field.partition("_")[0])
        url = f"{step_address(of, draft, name)}#id_{problem.field}" if name else ""
        url = of.address(problem.field, draft.key) if problem.field == SIGNING else url
        rows.append({"text": str(problem.message), "url": url})
    return rows


def _status(step: Step, draft: Submission, related: Related) -> tuple[str, str]:
    return status(
        len(step.problems(draft, related)),
        is_started=step.is_started(draft, related),
        is_optional=step.is_optional,
    )
