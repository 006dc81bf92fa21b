"""Read API of `search`: `GET /api/v1/search`."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Field, Query, Router, Schema

from search.facets import labelled
from search.finding import FACETS, Answer, Question, find
from search.forms import LAST_PAGE, chosen_of

router = Router(tags=["search"])


class Asked(Schema):
    """What can be asked. A facet may be given several times or with commas: any of its values will do."""

    q: str = Field("", description='Words, "exact phrases", -exclusions.')
    ui: Literal["es", "en", "pt", "fr"] = Field("es", description="The reader's language.")
    kind: list[str] = []
    language: list[str] = []
    consultation: list[str] = []
    segment: list[str] = []
    theme: list[str] = []
    organization_type: list[str] = []
    country: list[str] = []
    year: list[str] = []
    page: int = Field(1, ge=1, le=LAST_PAGE)
    expand: Literal["0", "1"] = Field("1", description="0: only what was typed, without the glossary.")


class PassageOut(Schema):
    """`marks` are [start, end] pairs: places of the found words in `text`."""

    text: str
    page: int | None
    marks: list[tuple[int, int]]


class ResultOut(Schema):
    """A document with its best passages; `url` opens it at the first of them in the reader's language."""

    id: str
    kind: str
    language: str
    title: str
    url: str
    passages: list[PassageOut]


class FacetValueOut(Schema):
    value: str
    label: str
    count: int


class SearchOut(Schema):
    """`total` counts passages; `documents` and all facets count documents."""

    total: int
    documents: int
    expansions: list[str]
    results: list[ResultOut]
    facets: dict[str, list[FacetValueOut]]


@router.get("search", response=SearchOut, summary="Search everything that is public")
def search(request: HttpRequest, response: HttpResponse, asked: Annotated[Asked, Query()]) -> SearchOut:
    """Ten documents a page. Without `q`: everything, newest first.

    The header `X-Search-Notice` says when some of the words were searched instead of all (`relaxed`), only
    the first words (`cut`), when a spare index answers (`spare`) or none can (`down`).
    """
    chosen = chosen_of({name: getattr(asked, name) for name in FACETS})
    answer = find(Question(asked.q, asked.ui, chosen, asked.page, asked.expand == "1"))
    if answer.notices:
        response["X-Search-Notice"] = ", ".join(sorted(answer.notices))
    with translation.override(asked.ui):
        return _shown(answer)


def _shown(answer: Answer) -> SearchOut:
    facets = labelled(answer.facets, answer.question.chosen, answer.question.ui)
    return SearchOut(
        total=answer.total,
        documents=answer.documents,
        expansions=list(answer.expansions),
        results=[
            ResultOut(
                id=hit.id,
                kind=hit.kind,
                language=hit.language,
                title=hit.title,
                url=hit.url,
                passages=[
                    PassageOut(text=each.text, page=each.page, marks=list(each.marks))
                    for each in hit.passages
                ],
            )
            for hit in answer.hits
        ],
        facets={
            facet.name: [
                FacetValueOut(value=each.value, label=each.label, count=each.count) for each in facet.values
            ]
            for facet in facets
        },
    )
