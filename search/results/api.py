"""Read API of `search`: `GET /api/v1/search`."""

from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError
from pydantic import create_model, field_validator

from portal.common.languages import DEFAULT, Code
from portal.common.read_api import Refused
from search.engines.base import EngineUnavailable, SnapshotGone, Sort
from search.index.builders.records import TRANSLATION
from search.results.cursors import BadCursor, opened, sealed
from search.results.facets import DECLARED, labelled
from search.results.hits import Hit
from search.results.query_params import LAST_PAGE, MOST_CHOICES, chosen_of, day_of, pairs_of
from search.results.service import FACETS, PAGE_SIZE, Answer, Question, find, scroll_page

MOST_AT_ONCE = 100
CHOICES = "Several times or with commas: any of the values will do."
BAD_CURSOR = "The cursor was changed, or belongs to another search: begin again with walk=1."
GONE_CURSOR = "The cursor is too old: begin again with walk=1."
router = Router(tags=["search"])


class SearchParams(Schema):
    """What can be asked, beside the facets."""

    q: str = Field("", description='Words, "exact phrases", -exclusions, beginnings*.')
    ui: Code = Field(DEFAULT, description="The reader's language.")
    sort: Sort = Field(Sort.RELEVANCE, description="Without words the order is never by relevance.")
    since: str = Field("", alias="from", description="A day, a month or a year: 2024-05-17, 2024-05, 2024.")
    until: str = Field("", alias="to", description="The same; the whole month or year counts.")
    page: int = Field(1, ge=1, le=LAST_PAGE)
    expand: Literal["0", "1"] = Field("1", description="0: only what was typed, without the glossary.")
    walk: Literal["0", "1"] = Field("0", description="1: begin a scroll through everything that is found.")
    cursor: str = Field("", description="Goes on with a scroll: from `next`, with the same parameters.")
    size: int = Field(PAGE_SIZE, ge=1, le=MOST_AT_ONCE, description="Documents a page of a scroll.")

    @field_validator("since", "until")
    @classmethod
    def is_a_day(cls, text: str) -> str:
        day_of(text, last=False)
        return text

    @property
    def question(self) -> Question:
        return Question(
            text=self.q,
            ui=self.ui,
            chosen=chosen_of({name: getattr(self, name) for name in FACETS}),
            page=self.page,
            expand=self.expand == "1",
            sort=self.sort,
            since=day_of(self.since, last=False),
            until=day_of(self.until, last=True),
        )


if TYPE_CHECKING:
    Asked = SearchParams
else:
    _facets = {name: (list[str], Field([], description=CHOICES)) for name in FACETS}
    Asked = create_model("Asked", __base__=SearchParams, **_facets)


class PassageOut(Schema):
    """`marks` are [start, end] pairs: places of the found words in `text`."""

    text: str
    page: int | None
    marks: list[tuple[int, int]]


class ResultOut(Schema):
    """A document with its best passages; `url` opens it at the first of them in the reader's language.

    `translation` is `machine`, `stale` or `machine_stale` for words that nobody has checked or that are of an
    earlier version of the original. `ocr`: its text was read from pictures by a program.
    """

    id: str
    kind: str
    language: str
    translation: str
    ocr: bool
    title: str
    url: str
    passages: list[PassageOut]


class FacetValueOut(Schema):
    value: str
    label: str
    count: int


class SearchOut(Schema):
    """`total` counts passages; `documents` and all facets count documents. `next`: the next page, or null.

    `more`: where less than a page is found, documents that have some of the words; they are in no count.
    """

    total: int
    documents: int
    expansions: list[str]
    results: list[ResultOut]
    more: list[ResultOut]
    facets: dict[str, list[FacetValueOut]]
    next: str | None


@router.get("search", response=SearchOut, summary="Search everything that is public")
def search(request: HttpRequest, response: HttpResponse, asked: Annotated[Asked, Query()]) -> SearchOut:
    """Ten documents a page. Without `q`: everything, newest first.

    Pages end after 10,000 documents; a scroll (`walk=1`, then follow `next`) goes through all of one moment.
    A changed cursor answers 400, one that is too old 410, a scroll without an engine 503.

    The header `X-Search-Notice` says when some of the words were searched instead of all (`relaxed`), only
    the first words (`cut`), when the fallback answers (`spare`) or none can (`down`).
    """
    _check(asked)
    question = asked.question
    is_scroll = asked.walk == "1" or bool(asked.cursor)
    answer = _step(question, asked) if is_scroll else find(question)
    if answer.notices:
        response["X-Search-Notice"] = ", ".join(sorted(answer.notices))
    following = _next_step(answer, asked) if is_scroll else _next_page(answer)
    with translation.override(asked.ui):
        return _shown(answer, f"{request.path}?{following}" if following else None)


def _check(asked: SearchParams) -> None:
    """Raises `Refused` for values of facets that are none. One query for each organization type."""
    faults = {}
    for name, declared in DECLARED.items():
        values = [value.strip() for value in ",".join(getattr(asked, name)).split(",") if value.strip()]
        if len(values) > MOST_CHOICES:
            faults[name] = f"At most {MOST_CHOICES} values."
        elif not all(map(declared.is_known, values)):
            faults[name] = "There is no such value."
    if faults:
        raise Refused(faults)


def _step(question: Question, asked: SearchParams) -> Answer:
    """A page of a scroll."""
    try:
        place = opened(asked.cursor, question) if asked.cursor else None
        return scroll_page(question, place, size=asked.size)
    except BadCursor:
        raise HttpError(400, BAD_CURSOR) from None
    except SnapshotGone:
        raise HttpError(410, GONE_CURSOR) from None
    except EngineUnavailable:
        raise HttpError(503, "The search cannot answer at the moment.") from None


def _next_step(answer: Answer, asked: SearchParams) -> str:
    if answer.place is None:
        return ""
    pairs = [*pairs_of(answer.question), ("ui", asked.ui), ("size", str(asked.size))]
    return urlencode([*pairs, ("cursor", sealed(answer.place, answer.question))])


def _next_page(answer: Answer) -> str:
    question = answer.question
    last = min(LAST_PAGE, -(-answer.documents // PAGE_SIZE))
    if question.page >= last:
        return ""
    return urlencode([*pairs_of(question), ("ui", question.ui), ("page", str(question.page + 1))])


def _shown(answer: Answer, following: str | None) -> SearchOut:
    facets = labelled(answer.facets, answer.question.chosen, answer.question.ui)
    return SearchOut(
        total=answer.total,
        documents=answer.documents,
        expansions=list(answer.expansions),
        results=[_result(hit) for hit in answer.hits],
        more=[_result(hit) for hit in answer.more.hits] if answer.more else [],
        facets={
            facet.name: [
                FacetValueOut(value=each.value, label=each.label, count=each.count) for each in facet.values
            ]
            for facet in facets
        },
        next=following,
    )


def _result(hit: Hit) -> ResultOut:
    return ResultOut(
        id=hit.id,
        kind=hit.kind,
        language=hit.language,
        translation=hit.details.get(TRANSLATION, ""),
        ocr=bool(hit.details.get("ocr")),
        title=hit.title,
        url=hit.url,
        passages=[
            PassageOut(text=each.text, page=each.page, marks=list(each.marks)) for each in hit.passages
        ],
    )
