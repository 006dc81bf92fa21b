"""The demo's pages in four languages: home, content pages, timeline, consultations down to the questions."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Page, ReferenceIndex, Site

from portal.common.languages import CODES, DEFAULT
from portal.consultations.models import (
    ConsultationIndexPage,
    ConsultationPage,
    GuidingQuestionPage,
    SegmentPage,
    ThematicAreaPage,
)
from portal.demo.content import Content, block, key_of, read, rich, stream
from portal.demo.evidence import notes
from portal.demo.translations import enter
from portal.demo.tree import Pages, add, admin_search_afterwards, publish
from portal.pages.models import ContentPage, HomePage, TimelinePage


class NotEmpty(Exception):
    """The portal has pages already; the demo would mix with them."""


def load_pages(*, now: datetime) -> str:
    """Build the tree. Raises `NotEmpty` where a home page exists that the demo did not make."""
    if HomePage.objects.exists():
        raise NotEmpty
    with admin_search_afterwards():
        trees = _trees(now)
        publish(trees)
    _note_documents()
    translations = enter(trees)
    return f"{len(trees) * len(CODES)} pages, {translations} translations"


def _note_documents() -> None:
    """Readers get a document once it is noted that a public page leads to it."""
    for page in SegmentPage.objects.filter(guidance__isnull=False):
        ReferenceIndex.create_or_update_for_object(page)


def _trees(now: datetime) -> list[Pages]:
    trees = [home := _home()]
    trees += [_content_page(home, page) for page in read("structure")["pages"]]
    trees.append(_timeline(home))
    trees.append(index := _index(home))
    for consultation in read("structure")["consultations"]:
        trees += _consultation(index, consultation, now)
    return trees


def _home() -> Pages:
    root = Page.objects.get(depth=1)
    # The page that Wagtail makes for an empty site.
    Page.objects.filter(depth=2, slug="home", numchild=0).delete()
    root.refresh_from_db()
    home: Pages = {}
    for code in CODES:
        slug = "home" if code == DEFAULT else f"home-{code}"
        home |= add({code: root}, HomePage, "home", slug, _home_fields)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "site_name": "Cartagena+40", "root_page": home[DEFAULT]},
    )
    return home


def _home_fields(code: str) -> dict[str, Any]:
    words = read(code)["home"]
    return {
        "title": words["title"],
        "introduction": words["introduction"],
        "notice": stream([block("text", "home.notice", words["demo_notice"])]),
        "columns": stream([_column(at, column) for at, column in enumerate(words["columns"])]),
    }


def _column(at: int, column: Content) -> Content:
    name = f"home.columns.{at}"
    links = [block("item", f"{name}.{row}", link) for row, link in enumerate(column["links"])]
    return block("column", name, {"title": column["title"], "links": links})


def _content_page(home: Pages, page: Content) -> Pages:
    def fields(code: str) -> dict[str, Any]:
        words = read(code)["pages"][page["key"]]
        body = []
        for at, section in enumerate(words["sections"]):
            name = f"pages.{page['key']}.{at}"
            body.append(block("heading", f"{name}.heading", section["heading"]))
            body.append(block("paragraph", f"{name}.text", rich(section["text"])))
        if "open_calls" in words:
            body.insert(0, block("open_calls", f"pages.{page['key']}.open_calls", words["open_calls"]))
        return {"title": words["title"], "introduction": words["introduction"], "body": stream(body)}

    return add(home, ContentPage, f"pages.{page['key']}", page["slug"], fields)


def _timeline(home: Pages) -> Pages:
    structure = read("structure")["timeline"]

    def fields(code: str) -> dict[str, Any]:
        words = read(code)["timeline"]
        entries = [_entry(entry, words["entries"][entry["key"]]) for entry in structure["entries"]]
        return {"title": words["title"], "introduction": words["introduction"], "entries": stream(entries)}

    return add(home, TimelinePage, "timeline", structure["slug"], fields)


def _entry(entry: Content, words: Content) -> Content:
    value = {
        "starts_on": str(entry["start"]),
        "ends_on": str(entry["end"]) if "end" in entry else None,
        "precision": entry["precision"],
        **words,
    }
    return block("entry", f"timeline.{entry['key']}", value)


def _index(home: Pages) -> Pages:
    def fields(code: str) -> dict[str, Any]:
        words = read(code)["consultations"]
        return {"title": words["title"], "introduction": words["introduction"]}

    return add(
        home, ConsultationIndexPage, "consultations", read("structure")["consultations_index"]["slug"], fields
    )


def _consultation(index: Pages, consultation: Content, now: datetime) -> list[Pages]:
    facts = {
        "number": str(consultation.get("number", "")),
        "starts_on": consultation.get("start"),
        "ends_on": consultation.get("end"),
        **_moments(consultation, now),
    }
    name = consultation["key"]

    def fields(code: str) -> dict[str, Any]:
        words = read(code)["consultations"][name]
        return facts | {
            "title": words["title"],
            "theme": words["theme"],
            "place": words["place"],
            "introduction": words["summary"],
            "opening": rich(words["introduction"]),
            "background": rich(words["context"]),
        }

    trees = [pages := add(index, ConsultationPage, name, consultation["slug"], fields)]
    for at, segment in enumerate(consultation["segments"], start=1):
        trees += _segment(pages, name, segment, at)
    return trees


def _moments(consultation: Content, now: datetime) -> dict[str, Any]:
    """When it is open for interventions, by its own clock."""
    zone = ZoneInfo(consultation.get("time_zone", "UTC"))
    moments: dict[str, Any] = {
        field: datetime.combine(consultation[name], time.min, tzinfo=zone)
        for field, name in (("opens_at", "opens"), ("deadline", "closes"))
        if name in consultation
    }
    if "deadline_in_days" in consultation:
        day = (now.astimezone(zone) + timedelta(days=consultation["deadline_in_days"])).date()
        moments["deadline"] = datetime.combine(day, consultation["deadline_time"], tzinfo=zone)
    return moments | {"time_zone": zone.key}


def _earlier(segment: Content, code: str) -> SegmentPage | None:
    """The segment of an earlier consultation that this one continues."""
    name = segment.get("continues", "")
    rows = SegmentPage.objects.filter(translation_key=key_of(name), locale__language_code=code)
    return rows.first() if name else None


def _documents(segment: Content, code: str) -> dict[str, Document]:
    """What goes with a segment that takes contributions, made once for each language."""
    names = ("guidance", "practice_template") if segment.get("has_guidance") else ()
    return {name: _document(read(code)[name]) for name in names}


def _document(words: Content) -> Document:
    made, is_new = Document.objects.get_or_create(title=words["title"])
    if is_new:
        made.file.save(f"{words['file']}.pdf", ContentFile(notes(words["title"], words["lines"])))
    return made


def _segment(consultation: Pages, above: str, segment: Content, number: int) -> list[Pages]:
    name = f"{above}.{segment['key']}"

    def words_of(code: str) -> Content:
        words: Content = read(code)["consultations"][above]["segments"][segment["key"]]
        return words

    def fields(code: str) -> dict[str, Any]:
        words = words_of(code)
        facts = {"number": str(number), "continues": _earlier(segment, code), **_documents(segment, code)}
        return {"title": words["title"], "introduction": words["summary"], **facts}

    trees = [pages := add(consultation, SegmentPage, name, f"segment-{number}", fields)]
    asked = 0
    for at, area in enumerate(segment["areas"], start=1):

        def area_fields(code: str, key: str = area["key"]) -> dict[str, Any]:
            return {"title": words_of(code)["areas"][key]["title"]}

        area_name = f"{name}.{area['key']}"
        trees.append(area_pages := add(pages, ThematicAreaPage, area_name, f"area-{at}", area_fields))
        for question in area["questions"]:
            asked += 1

            def question_fields(
                code: str, key: str = area["key"], question: str = question, number: str = f"{number}.{asked}"
            ) -> dict[str, Any]:
                words = words_of(code)["areas"][key]["questions"][question]
                return {"title": words["question"], "introduction": words["explanation"], "number": number}

            trees.append(
                add(
                    area_pages,
                    GuidingQuestionPage,
                    f"{area_name}.{question}",
                    f"question-{asked}",
                    question_fields,
                )
            )
    return trees
