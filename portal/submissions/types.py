"""What is declared of each kind of submission, and the declarations of all apps, lowest app first.

An app declares its kinds in its configuration: `submission_types()` where organizations write in steps,
`review_types()` where the secretariat only decides. Every shared room works from them.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.declarations import declared
from portal.common.errors import Problem
from portal.common.journal import Image
from portal.common.reviews import Content, Phrase, Reader, ReviewType, Row
from portal.common.states import StateTable
from portal.organizations.models import Organization
from portal.publication.projections import Projection
from portal.submissions import cuts, queries, rules
from portal.submissions.amendable import Amendable
from portal.submissions.deadlines import Deadline
from portal.submissions.differences import Compared
from portal.submissions.states import STATES

# What belongs to a submission in other tables, read in one query: each type has its own shape.
Related = Any
# A dataclass of what one step saves; a name that is None stays as it is.
Fields = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page of writing. `corrects` names the fields of problems that are put right here.

    What is written anew opens at the one that `is_text`, or at the first.
    One that is not `is_needed` for a draft is left out; one that stands `is_aside` is opened from the list of
    steps and passed over by who only goes on; `meanwhile` says what holds then. `before` is a template shown
    above the form, `inside` one that draws its fields; `context` gives what they need. `uploads` takes in
    files that came with the form: what is to be saved with them, and what is wrong with one that is refused.
    """

    name: str
    title: Phrase
    form: Callable[..., Any]
    problems: Callable[[Row, Related], Sequence[Problem]]
    is_started: Callable[[Row, Related], bool]
    corrects: frozenset[str]
    is_optional: bool = False
    is_aside: bool = False
    is_text: bool = False
    is_needed: Callable[[Row], bool] = lambda row: True
    meanwhile: Callable[[Row], str] = lambda row: ""
    before: str = ""
    inside: str = ""
    context: Callable[[HttpRequest, Row, Related, Any], dict[str, Any]] | None = None
    uploads: Callable[[HttpRequest, Row, Fields], tuple[Fields, Sequence[Problem]]] | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """What a type adds to the page on which a draft starts.

    `organizations` are those one can write for; `fields` gives what the draft holds from the beginning.
    `asks` names the step whose fields stand there already: it is not opened again.
    `instead` is a page on which something must be chosen first; there is no draft before.
    """

    organizations: QuerySet[Organization]
    fields: Callable[[Organization], Fields]
    context: Callable[[], dict[str, Any]] = field(default=dict)
    instead: str = ""
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What of the things that a kind asks for becomes public, and what stays private, each in words."""

    public: tuple[Phrase, ...]
    private: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anew:
    """Writing anew what is public: the way to it, what is asked with the title, what is told, the button."""

    label: Phrase
    heading: Phrase
    told: tuple[Phrase, ...]
    action: Phrase


REPLACING = Anew(
    label=_("Replace it"),
    heading=_("Replace “%(title)s” by a new version?"),
    told=(
        _("What is public stays public until the secretariat has read and published the new version."),
        _("The new version begins with the text as it is. It keeps its number; its receipt is a new one."),
    ),
    action=_("Write the new version"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The words in which the types differ."""

    plural: Phrase
    new: Phrase
    start: Phrase
    begin: Phrase
    none: Phrase
    of_organization: Phrase
    received: Phrase
    declaration: Phrase
    link: Phrase = ""
    link_to_it: Phrase = ""
    # What else leaves with it once it is withdrawn.
    withdrawing: Phrase = ""
    anew: Anew = REPLACING


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """What of a text is kept while it is written anew, so that its authors can give up what they changed.

    `parts` are the rows that its steps write besides its own; `not_said` names columns of its own row that
    others write meanwhile. `keep` gives as JSON what needs more than that, and `put_back` takes it;
    `restored` follows, with the parts as they were until then.
    """

    parts: Callable[[Row], Sequence[QuerySet[Any]]] = lambda row: ()
    not_said: Callable[[Row], Collection[str]] = lambda row: ()
    keep: Callable[[Row], Any] = lambda row: None
    put_back: Callable[[Row, Any], None] = lambda row, kept: None
    restored: Callable[[Row, Image, Actor, datetime], None] = lambda row, before, actor, now: None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionType(ReviewType):
    """A kind of thing that organizations write in steps and submit.

    `plain` are the fields stored as they are, `replace` stores the rest; `unstorable` finds what does not
    fit; `sent` is the content of a receipt, `project` the public face. `starts_from` names kinds from
    which one can start (`starts_from_public`: only where they are public); `untimely` finds what cannot be
    submitted at a moment; `deadlines` gives those of many rows at once, by key; `before_withdrawal` keeps
    what the public record loses then, `after_withdrawal` brings along what followed from it while it was
    public, `after_put_back` undoes that; `before_publishing` makes ready what its public face needs,
    `before_deletion` lets go what a draft holds. `start_before` and `start_inside` are templates above and in
    the form of its start. `saved` follows each change of what was submitted before, but
    for those that a page saves by itself.
    `name_changed` follows when the name of its organization is withheld or said again.
    `disclosure` tells who writes what will be public; `corrected` tells who decides, and who
    writes, what a correction changes of what is public, and `reset` are fields with which one writes anew.
    `notes` are no faults: what who writes may want to look at before submitting, each with its field.
    `earlier` tells who decides what was said before beside what is said now; `brief` are facts for a line
    of the desk's list.
    `is_offered`: to whom the desk offers to write one. Whom it does not `admit` neither writes, submits nor
    decides about one, whatever their role; `why_not` says why. What `is_correctable` can be written anew
    while it is public, and taken up again once it was withdrawn.
    A copy of one begins with what `copied` gives, such as the pledge of a report, and with all that its steps
    say but for the fields that are `not_copied`; `still_good` leaves out what cannot be chosen any more.
    What is not `is_copyable` there can be one of only.
    `way_back` is what its authors go back to when they give up writing anew. What is `amendable` of it two
    can amend in public.
    `question_links` is the relation that holds the guiding questions it is about. `is_signed_alike`: texts of
    this kind that are copies of one another are shown to moderators as one group.
    `is_translated`: translations stand beside what is public of it (`portal.translations`).
    """

    path: str
    phrases: Phrases
    steps: tuple[Step, ...]
    start: Callable[[QueryDict, Actor, QuerySet[Organization]], Start]
    start_inside: str
    start_before: str = ""
    plain: tuple[str, ...]
    prefetch: tuple[str, ...]
    related: Callable[[Row], Related]
    unstorable: Callable[[Row, Fields], Sequence[Problem]]
    replace: Callable[[Row, Fields], None]
    sent: Callable[[Row, Related], dict[str, object]]
    project: Callable[[Row], Projection]
    starts_from: Collection[str] = ()
    starts_from_public: bool = False
    untimely: Callable[[Row, Related, datetime], Sequence[Problem]] = lambda row, related, now: ()
    deadlines: Callable[[Sequence[Row], datetime], Mapping[UUID, Sequence[Deadline]]] = lambda rows, now: {}
    before_withdrawal: Callable[[Row, Actor, datetime], None] = lambda row, actor, now: None
    after_withdrawal: Callable[[Row, Actor, datetime], None] = lambda row, actor, now: None
    after_put_back: Callable[[Row, Actor, datetime], None] = lambda row, actor, now: None
    before_publishing: Callable[[Row, Actor, datetime], None] = lambda row, actor, now: None
    before_deletion: Callable[[Row, Actor, datetime], None] = lambda row, actor, now: None
    name_changed: Callable[[Row, Actor, datetime], None] = lambda row, actor, now: None
    saved: Callable[[Row, Actor, datetime], None] = lambda row, actor, now: None
    disclosure: Callable[[Row, Related], Disclosure] | None = None
    is_correctable: bool = False
    corrected: Callable[[Row, Reader], Sequence[Compared]] = lambda row, reader: ()
    notes: Callable[[Row, Related], Sequence[Problem]] = lambda row, related: ()
    earlier: Callable[[Row, Reader], Sequence[Compared]] = lambda row, reader: ()
    brief: Callable[[Row], Sequence[Phrase]] = lambda row: ()
    question_links: str = ""
    is_signed_alike: bool = False
    is_translated: bool = False
    reset: Mapping[str, Any] = field(default_factory=dict)
    amendable: Amendable | None = None
    is_offered: Callable[[Actor], bool] = lambda actor: True
    admits: Callable[[Actor, Row], bool] = lambda actor, row: True
    why_not: Callable[[Actor, Row], object] = lambda actor, row: ""
    is_copyable: bool = True
    copied: Callable[[Row], Fields | None] = lambda row: None
    not_copied: Collection[str] = ()
    way_back: WayBack = WayBack()
    still_good: Callable[[Fields, Organization, datetime], Fields] = lambda fields, organization, now: fields
    states: StateTable = STATES
    may_review: Callable[[Any, Row], bool] = rules.may_review
    content: Callable[[Row], Content | None] = field(default=lambda row: cuts.told_content(row))
    versions: Callable[[Row], Iterable[Any]] = queries.versions_of

    def problems(self, row: Row, related: Related) -> list[Problem]:
        """Everything that is to correct in a draft, step by step."""
        return [problem for step in self.steps for problem in step.problems(row, related)]

    def deadlines_of(self, row: Row, now: datetime) -> Sequence[Deadline]:
        """Of one row, that which ends first first; none for a kind without any."""
        return self.deadlines([row], now).get(row.key, ())

    def visible_to(self, actor: Actor) -> QuerySet[Any]:
        """What of this kind a person reads at the desk."""
        return queries.visible_to(self, actor)

    def address(self, name: str, *args: object) -> str:
        """The address of one of its pages at the desk."""
        return reverse(f"{self.path}_desk:{name}", args=args)

    def steps_of(self, row: Row) -> list[Step]:
        """The steps of this draft."""
        return [step for step in self.steps if step.is_needed(row)]

    @property
    def steps_ask_language(self) -> bool:
        """Whether a step asks in which language one writes; where none does, the start asks."""
        return any("language" in getattr(step.form, "base_fields", ()) for step in self.steps)

    def step(self, name: str) -> Step:
        return next(step for step in self.steps if step.name == name)


def submission_types() -> tuple[SubmissionType, ...]:
    """What organizations write."""
    return declared("submission_types")


def review_types() -> tuple[ReviewType, ...]:
    """Everything that waits for the secretariat's decisions."""
    return (*declared("review_types"), *submission_types())


def submission_type(kind: str) -> SubmissionType:
    """Raises `LookupError` for a kind that nobody declares."""
    return _named(submission_types(), kind)


def review_type(kind: str) -> ReviewType:
    """Raises `LookupError` for a kind that nobody declares."""
    return _named(review_types(), kind)


def starting_from(kind: str) -> list[SubmissionType]:
    """The types that can start from one of this kind."""
    return [of for of in submission_types() if kind in of.starts_from]


def start_address(of: SubmissionType, kind: str, key: UUID) -> str:
    """Where one of `of` starts from a thing of another kind."""
    return f"{of.address('new')}?{kind}={key}"


def _named(types: Sequence[Any], kind: str) -> Any:
    for of in types:
        if of.kind == kind:
            return of
    raise LookupError(kind)
