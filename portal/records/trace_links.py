"""The trace as plain data: links by stage. `portal.records.trace` makes it; pages and the API show it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.records.stages import HERE, Stage, counted

# A stage with more than this stands as a number.
NAMED = 3


@dataclass(frozen=True, slots=True)
class TraceLink:
    """One thing on the trace: `language` of its title, `url` for the reader, `author` an organization.

    `is_direct`: the thing whose page is shown names it, or it names that thing. `called`: what it is,
    where its stage does not say so.
    """

    id: str
    kind: str
    title: str
    url: str
    language: str
    author: str = ""
    is_direct: bool = False
    called: str = ""


class Links(tuple[TraceLink, ...]):
    """What stands at a stage; `number` also counts what is not named."""

    number: int

    def __new__(cls, links: Iterable[TraceLink] = (), number: int | None = None) -> "Links":
        made = super().__new__(cls, links)
        made.number = len(made) if number is None else number
        return made


# All stages in their order, empty ones too.
LinksByStage = dict[Stage, Links]


def foreign(language: str, page_language: str) -> str:
    """The `lang` of a text on a page in another language; empty where they agree."""
    return "" if language == page_language else language


def link_to(link: TraceLink, language: str) -> dict[str, str]:
    """The link as a link on a page of `language`."""
    return {"label": link.title, "url": link.url, "lang": foreign(link.language, language)}


def steps(
    trace: LinksByStage,
    here: Stage | None,
    language: str,
    places: Collection[str] = (),
    silent: Collection[Stage] = (),
) -> list[dict[str, Any]]:
    """Inputs of `components/trace.html` for a page that stands at `here`, or at no stage.

    Of more than `NAMED` it tells the number, with a link to where the page has them: in one of its `places`.
    That there is nothing yet is not said of a `silent` stage.
    """
    told = [stage for stage in Stage if trace[stage] or stage == here or stage not in silent]
    return [
        step for stage in told for step in _steps_of(stage, trace[stage], stage == here, language, places)
    ]


def _steps_of(
    stage: Stage, links: Links, is_here: bool, language: str, places: Collection[str]
) -> Iterable[dict[str, Any]]:
    if is_here:
        yield {"label": HERE[stage](), "current": True}
    elif not links:
        yield {"label": stage.label, "note": _("none yet")}
    elif links.number > NAMED:
        place = {"url": f"#{stage.value}"} if stage.value in places else {}
        yield {"label": counted(stage, links.number), **place}
    else:
        yield from (link_to(link, language) | {"note": link.called or str(stage.label)} for link in links)
