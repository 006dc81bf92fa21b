"""Read API of records: a list and a detail for each declared kind, and the trace through any public thing."""

from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import create_model

from portal.common.paging import Asked, Page, Reader, page_of, path_of, reader_language
from portal.common.read_api import Refused
from portal.publication.models import Record
from portal.publication.queries import in_language, published, record_by_public_id
from portal.records.filters import Choice, HiddenFilter
from portal.records.filters import Reader as FilterReader
from portal.records.rows import record_detail, record_row
from portal.records.trace import trace
from portal.records.trace_links import TraceLink
from portal.records.types import RecordType, record_types
from portal.taxonomy.queries import organization_type_names


class Item(Schema):
    """`id` is a public number, the translation key of a guiding question, or a code such as `segment:KEY`."""

    id: str
    kind: str
    title: str
    url: str
    language: str
    organization: str


class StageItems(Schema):
    stage: str
    items: list[Item]


class TraceOut(Item):
    """All seven stages from `guiding_question` to `review`, in order; empty ones too.

    `continues` and `continued_in` are segments of other consultations around that of a guiding question.
    """

    thread: list[StageItems]
    continues: list[Item] = []
    continued_in: list[Item] = []


def routers() -> list[Router]:
    """One for each kind, and that of the trace."""
    return [*map(_router, record_types()), trace_router]


trace_router = Router(tags=["trace"])


@trace_router.get("/trace/{public_id}", response=TraceOut)
def read_trace(request: HttpRequest, public_id: str, ui: Reader = "") -> dict[str, Any]:
    """What hangs together with a record, an organization or a guiding question."""
    traced = trace(public_id, reader_language(request, ui))
    stages = [
        {"stage": stage.value, "items": [_item(row) for row in rows]} for stage, rows in traced.stages.items()
    ]
    around = {"continues": traced.continues, "continued_in": traced.continued_in}
    told = {name: [_item(row) for row in rows] for name, rows in around.items()}
    return {**_item(traced.subject), "thread": stages, **told}


def _router(declared: RecordType) -> Router:
    router = Router(tags=[declared.path])
    model = asked_of(declared)

    def read_list(request: HttpRequest, asked: Annotated[Any, Query()]) -> Page:
        language = reader_language(request, asked.ui)
        rows = filtered(declared, asked, language)
        whole = in_language(published(), language).prefetch_related("links")

        def show(row: Record) -> dict[str, Any]:
            return record_row(row, language)

        path = path_of(request)
        return page_of(rows, path=path, cursor=asked.cursor, size=asked.size, show=show, whole=whole)

    def read_one(request: HttpRequest, public_id: str, ui: Reader = "") -> dict[str, Any]:
        record = record_by_public_id(public_id, declared.kind)
        return record_detail(record, reader_language(request, ui))

    read_list.__annotations__["asked"] = Annotated[model, Query()]
    read_list.__doc__ = f"Published {declared.path}, newest first."
    read_one.__doc__ = "One of them. 404 unknown, 410 withdrawn."
    path, kind = declared.path, declared.kind
    router.get(f"/{path}", response=Page, summary=path.capitalize(), operation_id=f"list_{path}")(read_list)
    one = router.get(
        f"/{path}/{{public_id}}",
        response=dict[str, Any],
        summary=kind.capitalize(),
        operation_id=f"read_{kind}",
    )
    one(read_one)
    return router


def asked_of(declared: RecordType, base: type[Schema] = Asked) -> type[Any]:
    """What can be asked of a kind's list: the filters of its page, strictly. `base`: what beside them."""
    fields: dict[str, Any] = {
        (each.parameter or name): (_annotation(each), "")
        for name, each in _declared_filters(declared).items()
    }
    return create_model(f"{base.__name__}{declared.kind.capitalize()}", __base__=base, **fields)


def filtered(declared: RecordType, asked: Any, language: str) -> QuerySet[Record]:
    """The records that pass. Raises `Refused` for a value that is not offered."""
    given: dict[str, str] = {}
    for name, each in _declared_filters(declared).items():
        if value := getattr(asked, each.parameter or name):
            given[name] = value
    names = organization_type_names(language) if "type" in given else {}
    filters = declared.all_filters(given, declared.list_rows(), FilterReader(language, names), only=given)
    if faults := filters.form.errors:
        known = _declared_filters(declared)
        raise Refused({known[name].parameter or name: "This list has no such choice." for name in faults})
    return filters.qs


def _declared_filters(declared: RecordType) -> dict[str, Choice | HiddenFilter]:
    return dict(declared.all_filters.base_filters)


def _annotation(each: Choice | HiddenFilter) -> Any:
    described = {"description": each.description} if each.description else {}
    if each.pattern:
        return Annotated[str, Query(pattern=f"^{each.pattern}$", **described)]
    codes = tuple(code for code, _label in each.extra["choices"])
    return Annotated[Literal[codes], Query(**described)]


def _item(row: TraceLink) -> dict[str, str]:
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "url": row.url,
        "language": row.language,
        "organization": row.author,
    }
