"""Pages that ask before something submitted is taken back, replaced or taken up again, and before what was
changed then is given up. For every type."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.actors import Actor, actor_of
from portal.common.desk import desk_view, form_view
from portal.common.errors import WrongState
from portal.common.reviews import Phrase
from portal.desk.submissions.anew import why_not_anew
from portal.desk.submissions.progress import anew_address
from portal.desk.submissions.views import crumbs, visible
from portal.joint.enums import SignatureState
from portal.joint.queries import signatures_of
from portal.submissions import domain, queries, rules
from portal.submissions.deadline_words import shut_problems
from portal.submissions.models import Signable, Submission
from portal.submissions.states import SubmissionState
from portal.submissions.types import SubmissionType

Sentences = Sequence[Phrase]
# The question, what it means, and the button.
Asking = tuple[str, Sentences, Phrase]
_LEFT = (
    gettext_lazy(
        "What was changed since then stands in the history alone. You can restore it from there once you "
        "write the text anew."
    ),
    gettext_lazy("Files are no part of the history: what was added since has to be added once more."),
)


@desk_view
@form_view
def recall(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """Takes back what nobody reads yet."""
    return _way(request, of, key, rules.can_recall, domain.recall, _recall_words)


@desk_view
@form_view
def correct(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """Opens another version of what is public, or of what is being read."""
    return _way(request, of, key, rules.can_correct, domain.open_correction, _correct_words)


@desk_view
@form_view
def take_up(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """What was withdrawn becomes a draft again."""
    return _way(request, of, key, rules.can_take_up, domain.take_up_again, _take_up_words)


@desk_view
@form_view
def give_up(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """What was changed since it was submitted, published or withdrawn is left out again."""
    draft, actor = visible(request, of, key), actor_of(request)
    back = of.address("detail", key)
    if request.method == "POST":
        try:
            domain.give_up(draft, actor=actor, now=timezone.now())
        except WrongState as refusal:
            messages.warning(request, str(refusal.message))
        else:
            messages.success(request, _("The changes are given up. They stay in the history of the text."))
        return redirect(back)
    state = queries.state_to_go_back_to(draft)
    if not state or not rules.can_give_up(actor, draft, state):
        return redirect(back)
    heading = _("Give up the changes to “%(title)s”?") % {"title": draft}
    return _asked(request, of, draft, heading, [*_goes_back(draft, state), *_LEFT], _("Give up the changes"))


def _goes_back(draft: Submission, state: str) -> Sentences:
    if state == SubmissionState.PUBLISHED:
        return [_("The text is again what readers see now. It was public all the while and stays so.")]
    if state == SubmissionState.WITHDRAWN:
        return [_("The text is again what it said when it was withdrawn, and it is withdrawn again.")]
    version = queries.newest_version(draft)
    told = _("The text is again what you submitted last, with receipt %(number)s, which stays good.")
    waits = _("It waits for the secretariat again, as if you had not taken it back.")
    return [told % {"number": version.receipt_number}, waits] if version else [waits]


def _recall_words(of: SubmissionType, draft: Submission) -> Asking:
    told = [
        _("Nobody has begun to read it. It leaves the queue, and you change it as you did before."),
        _("It counts as submitted again only once you submit it again. Its receipt stays good."),
    ]
    heading = _("Take “%(title)s” back to change it?") % {"title": draft}
    return heading, told, _("Take it back to change it")


def _correct_words(of: SubmissionType, draft: Submission) -> Asking:
    anew = of.phrases.anew
    told = _while_read() if draft.state in of.states.waiting else anew.told
    return anew.heading % {"title": draft}, told, anew.action


def _take_up_words(of: SubmissionType, draft: Submission) -> Asking:
    told = [
        _("It becomes a draft that you can change and submit. It keeps its number."),
        _("It is public again once the secretariat has read it."),
    ]
    return _("Take “%(title)s” up again?") % {"title": draft}, told, _("Take it up again")


def _way(
    request: HttpRequest,
    of: SubmissionType,
    key: UUID,
    can: Callable[[Actor, Submission], bool],
    verb: Callable[..., Any],
    words: Callable[[SubmissionType, Submission], Asking],
) -> HttpResponse:
    """Asks first; what is sent is done by the verb, which says no in words."""
    draft = visible(request, of, key)
    if request.method == "POST":
        return _begun(request, of, draft, verb)
    actor = actor_of(request)
    if not can(actor, draft) or why_not_anew(actor, of, draft):
        return redirect(of.address("detail", key))
    heading, told, action = words(of, draft)
    return _asked(
        request, of, draft, heading, [*told, *_signed_told(draft), *untimely_told(of, draft)], action
    )


def untimely_told(of: SubmissionType, draft: Submission) -> list[Phrase]:
    """Why it could not be submitted again now, such as after a deadline; said before it is taken back."""
    now = timezone.now()
    late = shut_problems(of.deadlines_of(draft, now))
    problems = [*of.untimely(draft, of.related(draft), now), *late]
    if not problems:
        return []
    return [_("Take care: as it stands you could not submit it again."), *(row.message for row in problems)]


def _signed_told(draft: Submission) -> list[Phrase]:
    """What becomes of signatures, where others have signed it."""
    if not (isinstance(draft, Signable) and draft.is_joint):
        return []
    if not any(row.state == SignatureState.SIGNED for row in signatures_of(draft)):
        return []
    return [
        _("The signatures stay good while you change nothing that was signed."),
        _("Once you save a change they are void, and each organization that signed is told."),
    ]


def _while_read() -> Sentences:
    return [
        _("The secretariat is reading it. It stops, and nobody decides until you have submitted it again."),
        _("What you submitted and its receipt stay as they are; the new version gets a receipt of its own."),
    ]


def _begun(
    request: HttpRequest, of: SubmissionType, draft: Submission, verb: Callable[..., Any]
) -> HttpResponse:
    """At its text; told in words where somebody of the secretariat was faster."""
    try:
        verb(draft, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
        return redirect(of.address("detail", draft.key))
    return redirect(anew_address(of, draft))


def _asked(
    request: HttpRequest, of: SubmissionType, draft: Submission, heading: str, text: Sentences, action: Phrase
) -> HttpResponse:
    context = {
        "crumbs": crumbs(request, of, draft),
        "heading": heading,
        "text": text,
        "action": action,
        "back": of.address("detail", draft.key),
    }
    return render(request, "desk/confirm.html", context)
