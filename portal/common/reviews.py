"""What is declared of a kind of thing that the secretariat decides about, and how its content reads.

`portal.submissions.types` finds the declarations; moderation and the desk work from them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from portal.common.actors import Actor, Group
from portal.common.declarations import declared
from portal.common.states import FEMININE, StateTable

Content = Mapping[str, Any]
# Lazy translations, rows of each kind's own model and JSON values: no type says more than Any.
Phrase = Any
Row = Any
Value = Any


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom content is put into words: in which language, and whether to decide about it."""

    language: str
    is_review: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of `components/summary_table.html`."""

    term: Phrase
    value: Phrase = ""
    url: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A text in a language; `items` are drawn as a numbered list."""

    title: Phrase
    language: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Content in words, ready for a page."""

    facts: tuple[Fact, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One name of the content: its label, and its value in words or as links; a text stays as it is.

    A heading stands above the content instead of in it. One with `instead` is left out where that name
    says the same.
    """

    name: str
    label: Phrase
    words: Callable[[Value], Phrase] = str
    links: Callable[[Value, Reader], tuple[Link, ...]] | None = None
    is_text: bool = False
    is_heading: bool = False
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another thing of the kind with this key that may be the one in question, and why."""

    kind: str
    key: Any
    title: str
    language: str
    state_label: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionType:
    """A decision that moderators take: a form and a button, a verb, and the mail about it.

    `rule` is what everybody reads of it on the public page of moderation.
    `mail_subject` and `mail_text` may name `%(title)s`, `%(organization)s` and its `%(state)s`; without a
    subject nobody is told. `grounds` are codes with their words, one of which the decision names. `states`:
    from which it is taken, the waiting ones where none is named. `fits`: whether this actor may take it about
    this row. `comes_back`: it asks for something, so who took it goes on looking after the thing.
    `reason_of`: where it asks for none, the reason that was given before and that is told now.
    `is_appealable`: its organization may appeal, so all who may do that are told. `read_by`: who reads its
    reason, in a sentence, where that is not its authors at once; `asks_why` what is said where none is given.
    `in_its_language`: it is asked for in the language of the text, whose authors read it as it is written.
    """

    code: str
    label: Phrase
    button: Phrase
    verb: Callable[..., object]
    rule: Phrase = ""
    mail_subject: Phrase = ""
    mail_text: Phrase = ""
    heading: Phrase = ""
    needs_reason: bool = False
    comes_back: bool = False
    read_by: Phrase = ""
    asks_why: Phrase = ""
    in_its_language: bool = True
    is_appealable: bool = False
    reason_of: Callable[[Row], str] = field(default=lambda row: "")
    grounds: tuple[tuple[str, Phrase], ...] = ()
    states: frozenset[str] = frozenset()
    fits: Callable[[Any, Row], bool] = field(default=lambda actor, row: True)

    def ground(self, code: str) -> str:
        """In words; empty for none."""
        return str(dict(self.grounds).get(code, ""))


@dataclass(frozen=True, slots=True)
class ReviewBlock:
    """What an app shows beside a thing of a kind, for who decides: a template, and what it is drawn with.

    Declared as `review_blocks()` of an app's configuration. `context` gets the row, the actor and the reader.
    """

    kind: str
    template: str
    context: Callable[[Row, Any, Reader], Content]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewType:
    """A kind of thing that waits for the secretariat's decision.

    `rule` is what everybody reads of it on the public page of moderation, where it has one. `working_days`:
    within which it is decided, before all that has none of its own and the portal's term.
    `title_field`, `organization_field` and `joined` are names for queries, `content` what the moderators read
    (None when it was not kept), `extra_texts` what stands beside it without having been submitted,
    `public_facts` what is public, in a language, of the matter that it is about.
    `compared` is what is public now and what would take its place, where a decision replaces it; `alike` are
    things that may be the same one.
    `closed_to` gives the rows of the model that are about a person's own organizations, so that who is of the
    secretariat neither reads nor counts them; nothing is closed to anybody by default.
    `why_not` says why this actor may not decide about the row, where the usual reasons do not say it.
    `decided_too` are other things, as kind and key, whose decisions were about this one as well.
    `desk_page` is the path of its page at the desk of those who are told of decisions, below the desk's own.
    `stands`: a mark of what is decided about where that is not what was submitted, such as what is public.
    `text_of` is the text, as kind and key, that a row is about which is no text itself.
    `lock_before` locks, by key, the rows that are always locked before one of the model.
    `is_of_members`: its author reads of it as a member of its organization, and no more after leaving.
    """

    kind: str
    label: Phrase
    model: Any
    states: StateTable
    decisions: tuple[DecisionType, ...]
    fields: tuple[Field, ...]
    may_review: Callable[[Any, Row], bool]
    content: Callable[[Row], Content | None]
    rule: Phrase = ""
    working_days: int = 0
    gender: str = FEMININE
    joined: tuple[str, ...] = ("organization", "author")
    title_field: str = "title"
    organization_field: str = "organization__name"
    organization_of: Callable[[Row], Any] = field(default=lambda row: row.organization)
    author_of: Callable[[Row], Any] = field(default=lambda row: row.author)
    versions: Callable[[Row], Iterable[Any]] = field(default=lambda row: ())
    extra_texts: Callable[[Row], tuple[Text, ...]] = field(default=lambda row: ())
    public_facts: Callable[[Row, str], tuple[Fact, ...]] = field(default=lambda row, language: ())
    compared: Callable[[Row], tuple[Content, Content] | None] = field(default=lambda row: None)
    alike: Callable[[Row], tuple[Alike, ...]] = field(default=lambda row: ())
    closed_to: Callable[[Actor], QuerySet[Any] | tuple[()]] = field(default=lambda actor: ())
    why_not: Callable[[Any, Row], Phrase] = field(default=lambda actor, row: "")
    decided_too: Callable[[Row], Iterable[tuple[str, Any]]] = field(default=lambda row: ())
    desk_page: Callable[[Row], str] = field(default=lambda row: "")
    is_of_members: bool = True
    stands: Callable[[Row], str] = field(default=lambda row: "")
    lock_before: Callable[[Any], None] = field(default=lambda key: None)
    text_of: Callable[[Row], tuple[str, Any] | None] = field(default=lambda row: None)

    @property
    def organization_path(self) -> str:
        """What leads to columns of its organization in queries, its two underscores included."""
        return self.organization_field.removesuffix("name")

    def lock(self, key: Any) -> None:
        """For who is about to decide about one, in the transaction."""
        self.lock_before(key)
        self.model._default_manager.select_for_update().get(key=key)

    def state_label(self, row: Row) -> str:
        return self.states.label(row.state, self.gender)

    def open_to(self, actor: Actor) -> Q:
        """Those of the model that somebody of the secretariat reads."""
        return ~Q(pk__in=self.closed_to(actor))

    def offered(self, actor: Any, row: Row) -> list[DecisionType]:
        """The decisions that this actor may take about the row as it stands."""
        return [each for each in self.decisions if self.offers(each, actor, row)]

    def offers(self, decision: DecisionType, actor: Any, row: Row) -> bool:
        """Whether this actor may take it about the row as it stands."""
        return row.state in (decision.states or self.states.waiting) and decision.fits(actor, row)

    def decision(self, code: str) -> DecisionType | None:
        return next((row for row in self.decisions if row.code == code), None)


def is_secretariat(actor: Actor) -> bool:
    """Whether somebody reads what waits for the secretariat, but what is about their own organizations."""
    return actor.has(Group.MODERATOR, Group.PROTECTION)


def review_blocks(kind: str) -> tuple[ReviewBlock, ...]:
    """Those of all installed apps, lowest app first."""
    return tuple(block for block in declared("review_blocks") if block.kind == kind)


def reading_of(fields: Sequence[Field], content: Content, reader: Reader) -> Reading:
    """Content in words, its fields in the declared order."""
    said = [row for row in fields if row.name in content and row.instead not in content]
    given = [row for row in said if not row.is_heading]
    return Reading(
        facts=tuple(_fact(row, content[row.name], reader) for row in given if not row.is_text),
        texts=tuple(_text(row, content) for row in given if row.is_text and content[row.name]),
    )


def _fact(row: Field, value: Value, reader: Reader) -> Fact:
    if row.links is not None:
        return Fact(row.label, links=row.links(value, reader))
    return Fact(row.label, row.words(value))


def _text(row: Field, content: Content) -> Text:
    value, language = content[row.name], str(content.get("language", ""))
    if isinstance(value, str):
        return Text(row.label, language, value)
    return Text(row.label, language, items=tuple(value))
