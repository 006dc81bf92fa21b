"""A dossier as DOCX, CSV and JSON: what is in it, in which language, and what can do no harm."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from docx import Document
from docx.oxml.ns import qn

from portal.accounts.models import User
from portal.common.actors import system
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from portal.observatory.dossiers import exports
from portal.observatory.dossiers.enums import Format
from portal.observatory.dossiers.models import Dossier, Item
from portal.observatory.dossiers.queries import items_of
from portal.observatory.dossiers.reading import shown
from tests.observatory.dossiers.conftest import Collect

Made = Callable[[Format], bytes]


@pytest.fixture
def made(dossier: Dossier, now: datetime) -> Made:
    """The file of the dossier as it stands, in its language."""

    def export(form: Format) -> bytes:
        dossier.refresh_from_db()
        with translation.override(dossier.language):
            items = shown(list(items_of(dossier)), ui=dossier.language)
            return exports.made(form, dossier, items, now=now).content

    return export


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def paragraphs(content: bytes) -> list[tuple[str, str]]:
    document = Document(io.BytesIO(content))
    return [(str(each.style.name), each.text) for each in document.paragraphs]


def test_a_docx_has_headings_quotations_comments_and_citations(
    dossier: Dossier, collect: Collect, made: Made
) -> None:
    item = collect("El registro abre los sábados.", title="Ley", comment="Why?\n\nBecause.")
    LibraryDocument.objects.update(source="Gaceta")
    texts = paragraphs(made(Format.DOCX))
    address = f"http://testserver/r/{item.number}/?passage=1"
    assert texts[:2] == [("Title", dossier.title), ("Normal", dossier.description)]
    assert texts[3:5] == [("Heading 1", "1. Ley"), ("Quote", "El registro abre los sábados.")]
    assert re.fullmatch(rf"Ley \[Document\] \(2024\)\. {re.escape(address)} Accessed on .*\.", texts[5][1])
    assert texts[6:] == [("Heading 2", "Comment"), ("Normal", "Why?"), ("Normal", "Because.")]


def test_every_run_of_a_docx_says_its_language(dossier: Dossier, collect: Collect, made: Made) -> None:
    collect("El registro abre.", title="Ley", comment="Why?")
    Dossier.objects.update(language="pt")
    content = made(Format.DOCX)
    body: Any = Document(io.BytesIO(content)).element.body
    spoken = {
        "".join(text.text or "" for text in run.iter(qn("w:t"))): [
            each.get(qn("w:val")) for each in run.iter(qn("w:lang"))
        ]
        for run in body.iter(qn("w:r"))
    }
    assert {text: spoken[text] for text in ("1. Ley", "El registro abre.", "Why?")} == {
        "1. Ley": ["es-ES"],
        "El registro abre.": ["es-ES"],
        "Why?": ["pt-BR"],
    }
    assert [text for text, languages in spoken.items() if len(languages) != 1] == []
    styles = zipfile.ZipFile(io.BytesIO(content)).read("word/styles.xml").decode()
    assert re.findall(r"<w:lang [^>]*>", styles) == ['<w:lang w:val="pt-BR"/>']


def test_the_address_in_a_docx_is_a_link_and_nothing_else_leads_out(collect: Collect, made: Made) -> None:
    item = collect("El registro abre.")
    document = Document(io.BytesIO(made(Format.DOCX)))
    outside = {rel.target_ref for rel in document.part.rels.values() if rel.is_external}
    assert outside == {f"http://testserver/r/{item.number}/?passage=1"}
    body: Any = document.element.body
    linked = [link.get(qn("r:id")) in document.part.rels for link in body.iter(qn("w:hyperlink"))]
    assert linked == [True]


def test_a_docx_has_no_macro_and_no_name_of_the_library_that_made_it(
    dossier: Dossier, collect: Collect, made: Made, now: datetime
) -> None:
    collect("El registro abre.")
    content = made(Format.DOCX)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert [name for name in names if "vba" in name.lower() or name.endswith(".bin")] == []
    facts = Document(io.BytesIO(content)).core_properties
    assert (facts.title, facts.language, facts.author, facts.comments) == (dossier.title, "en-GB", "", "")
    assert facts.modified.replace(tzinfo=None) == now.replace(tzinfo=None, microsecond=0)


def test_what_xml_cannot_hold_is_dropped_in_every_format(
    dossier: Dossier, collect: Collect, made: Made
) -> None:
    odd = "".join(chr(code) for code in [*range(1, 9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF])
    item = collect("El registro abre.")
    Item.objects.filter(pk=item.pk).update(
        text=f"a{odd}b", title=f"t{odd}", heading=odd, source=odd, comment=f"c{odd}\n{odd}\nd"
    )
    Dossier.objects.update(title=f"T{odd}", description=odd)
    texts = [text for _style, text in paragraphs(made(Format.DOCX))]
    assert [texts[0], *texts[2:4], *texts[-2:]] == ["T", "1. t", "ab", "c", "d"]
    assert json.loads(made(Format.JSON))["passages"][0]["text"] == "ab"
    assert rows(made(Format.CSV))[0]["text"] == "ab"


def test_a_csv_has_a_row_for_each_passage_with_formulas_neutralised(collect: Collect, made: Made) -> None:
    first = collect("El registro abre, dice «hoy».\n\nY mañana.", comment='=HYPERLINK("x")')
    collect("Otro.", title="@nota")
    content = made(Format.CSV)
    table = rows(content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert tuple(table[0]) == exports.COLUMNS
    assert (table[0]["place"], table[0]["state"], table[0]["number"]) == ("1", "same", first.number)
    assert (table[0]["text"], table[0]["comment"], table[1]["title"]) == (
        first.text,
        '\'=HYPERLINK("x")',
        "'@nota",
    )


def test_a_json_says_its_schema_and_holds_everything(dossier: Dossier, collect: Collect, made: Made) -> None:
    item = collect("=El registro abre.", comment="Ñandú", question="registro")
    read = json.loads(made(Format.JSON))
    passages = read.pop("passages")
    assert {name: read[name] for name in ("schema", "title", "language")} == {
        "schema": "cartagena40-dossier/1",
        "title": dossier.title,
        "language": "en",
    }
    assert [set(passage) for passage in passages] == [set(exports.COLUMNS)]
    assert {name: passages[0][name] for name in ("text", "comment", "found_with", "sha256", "position")} == {
        "text": "=El registro abre.",
        "comment": "Ñandú",
        "found_with": "registro",
        "sha256": item.sha256,
        "position": 1,
    }


@pytest.mark.few(1)
@pytest.mark.parametrize("form", list(Format))
def test_withdrawn_words_are_in_no_export(collect: Collect, made: Made, form: Format) -> None:
    gone = collect("Texto quetzal.", title="Ley quetzal", comment="My comment", question="quetzal")
    stays = collect("Texto sereno.")
    withdraw_document(
        LibraryDocument.objects.get(pk=int(gone.number[2:])), actor=system("tests"), now=timezone.now()
    )
    content = made(form)
    read = str(paragraphs(content)) if form == Format.DOCX else content.decode("utf-8-sig")
    assert ("quetzal" in read, "sereno" in read, "My comment" in read) == (False, True, True)
    assert (gone.number in read, stays.number in read) == (True, True)


def test_a_changed_passage_is_exported_with_both_texts(collect: Collect, made: Made, now: datetime) -> None:
    item = collect("Antes.")
    Item.objects.filter(pk=item.pk).update(current_text="Después.", changed_at=now)
    texts = [text for _style, text in paragraphs(made(Format.DOCX))]
    assert texts.index("Antes.") + 2 == texts.index("Después.")
    row = rows(made(Format.CSV))[0]
    assert (row["state"], row["text"], row["current_text"]) == ("changed", "Antes.", "Después.")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Registro: ¿qué dice la ley?", "dossier-registro-que-dice-la-ley-2026-11-21.csv"),
        ('../../etc/"x"\r\nSet-Cookie: a', "dossier-etcx-set-cookie-a-2026-11-21.csv"),
        ("登録", "dossier-2026-11-21.csv"),
        ("x" * 200, f"dossier-{'x' * 60}-2026-11-21.csv"),
    ],
)
def test_file_names_are_plain(title: str, name: str) -> None:
    assert exports.file_name(title, Format.CSV, datetime(2026, 11, 21)) == name


def test_a_download_is_named_typed_and_noted(
    client: Client, dossier: Dossier, owner: User, collect: Collect
) -> None:
    collect("El registro abre.")
    client.force_login(owner)
    for form, kind in exports.TYPES.items():
        answer = client.get(f"/fr/desk/dossiers/{dossier.key}/export/{form}/")
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert re.fullmatch(
            rf'attachment; filename="dossier-registry-colibricanario-[\d-]+\.{form}"',
            answer["Content-Disposition"],
        )
        assert "no-store" in answer["Cache-Control"]
    assert client.get(f"/fr/desk/dossiers/{dossier.key}/export/exe/").status_code == 404
