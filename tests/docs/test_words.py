"""docs/words.md is the one list of words; names of the code and message catalogues keep to it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGE = ROOT / "docs" / "words.md"
FOLDERS = ("portal", "search", "tests", "bench", "bin")
APPS = ("portal", "search")
LANGUAGES = ("en", "es", "pt", "fr")
SCOPES = ("code", "name", *LANGUAGES)
CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Unused:
    """A word that stands for nothing; `scope` is where: a part of a name, a whole name, a language."""

    scope: str
    word: str

    def is_in(self, text: str) -> bool:
        if self.scope == "code":
            return f"_{self.word}_" in f"_{snake(text)}_"
        if self.scope == "name":
            return self.word == text
        return bool(re.search(rf"(?<!\w){re.escape(self.word)}(?!\w)", text, re.IGNORECASE))


@cache
def snake(name: str) -> str:
    return apart(name)


def apart(text: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text).lower()


def rows(number: int) -> list[list[str]]:
    """The cells of a table of the page, without its head."""
    tables = re.findall(r"(?:^\|.*\n)+", PAGE.read_text(), re.M)
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in tables[number].splitlines()[2:]]


@cache
def unused() -> tuple[Unused, ...]:
    entries = [entry.partition(":") for row in rows(0) for entry in row[-1].split(";") if entry]
    return tuple(
        Unused(scope.strip(), word.strip()) for scope, _, words in entries for word in words.split(",")
    )


@cache
def exceptions() -> dict[str, tuple[str, ...]]:
    """By word the paths and messages in which it may stand."""
    places: dict[str, tuple[str, ...]] = {}
    for words, where, _why in rows(1):
        for word in CODE.findall(words):
            places[word] = (*places.get(word, ()), *CODE.findall(where))
    return places


def names_in(source: str) -> Iterator[str]:
    """Everything that gets a name in a module."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.FunctionDef() | ast.ClassDef() | ast.AsyncFunctionDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.attr


def is_read(path: Path) -> bool:
    """Python, also scripts of bin/ without the ending; not migrations of our apps, which tell how it was."""
    folder, *rest = path.relative_to(ROOT).parts
    if folder in APPS and "migrations" in rest:
        return False
    is_script = path.parent == ROOT / "bin" and path.is_file() and "python" in first_line(path)
    return path.suffix == ".py" or is_script


def first_line(path: Path) -> str:
    return path.read_text().partition("\n")[0]


@cache
def sought() -> re.Pattern[str]:
    """Of the words of code; most modules hold none, and need not be parsed."""
    words = "|".join(re.escape(apart(word.word)) for word in unused() if word.scope not in LANGUAGES)
    return re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])")


def wrong_names(path: str, source: str) -> list[str]:
    each = {*re.findall(r"\w+", f"{path} {source}")}
    if not sought().search(apart(" ".join(each))):
        return []
    names = {Path(path).stem, *names_in(source)}
    whole = " ".join(f"_{snake(name)}_" for name in names)
    words = [
        word
        for word in unused()
        if word.scope not in LANGUAGES
        # All names at once: nearly every word is in none.
        and (word.word in names if word.scope == "name" else f"_{word.word}_" in whole)
        and not any(path.startswith(place) for place in exceptions().get(word.word, ()))
    ]
    return sorted(f"{path}: {name}: not {word.word}" for word in words for name in names if word.is_in(name))


def wrong_messages(language: str, catalogue: polib.POFile) -> list[str]:
    every = [word for word in unused() if word.scope == language]
    # All words at once: nearly every message holds none.
    any_of = re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(word.word) for word in every)})(?!\w)", re.IGNORECASE
    )
    return [
        f"{entry.msgid}: not {word.word}"
        for entry in catalogue
        if any_of.search("\n".join((entry.msgstr, *entry.msgstr_plural.values())))
        for word in every
        if entry.msgid not in exceptions().get(word.word, ())
        if any(word.is_in(text) for text in (entry.msgstr, *entry.msgstr_plural.values()))
    ]


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_name_in_the_code_is_a_word_that_is_not_used(folder: str) -> None:
    paths = [path for path in (ROOT / folder).rglob("*") if is_read(path)]
    wrong = [wrong_names(str(path.relative_to(ROOT)), path.read_text()) for path in paths]
    assert [line for lines in wrong for line in lines] == []


def test_only_migrations_of_our_apps_are_left_out() -> None:
    read = ("tests/migrations/before.py", "bin/_demo.py", "bin/_services/postgresql.py", "bin/services")
    left_out = ("portal/pledges/migrations/0001_initial.py", "bin/test", "bin/_services")
    assert [path for path in (*read, *left_out) if is_read(ROOT / path)] == [*read]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_has_a_word_that_is_not_used(language: str) -> None:
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    assert wrong_messages(language, polib.pofile(str(path))) == []


@pytest.mark.parametrize(
    ("path", "source", "wrong"),
    [
        ("portal/pages/thread.py", "", ["thread"]),
        ("portal/pages/x.py", "def hand_in_both(): ...", ["hand_in"]),
        ("portal/pages/x.py", "class ParkedChange: ...", ["parked"]),
        ("portal/pages/x.py", "def f(joints): ...", ["joints"]),
        ("portal/pages/x.py", "self.ghosts = 1", ["ghosts"]),
        ("portal/pages/x.py", "found = 1\nis_found = 2\nhandle = 3", ["found"]),
    ],
)
def test_a_name_that_is_not_used_is_seen(path: str, source: str, wrong: list[str]) -> None:
    assert [line.rpartition(" not ")[2] for line in wrong_names(path, source)] == wrong


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("en", "Check and hand in", ["hand in"]),
        ("en", "A handing-over of threadbare carpets", []),
        ("es", "Su Respuesta", ["respuesta"]),
        ("fr", "Son fil, ses profils", ["fil"]),
    ],
)
def test_a_message_with_a_word_that_is_not_used_is_seen(language: str, text: str, wrong: list[str]) -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Planted", msgstr=text))
    assert [line.rpartition(" not ")[2] for line in wrong_messages(language, catalogue)] == wrong


def test_the_page_names_places_that_exist() -> None:
    """No exception outlives what it was made for."""
    messages = {entry.msgid for entry in polib.pofile(str(ROOT / "locale/en/LC_MESSAGES/django.po"))}
    places = {place for wheres in exceptions().values() for place in wheres}
    assert [place for place in places if place not in messages and not (ROOT / place).exists()] == []
    assert {word.scope for word in unused()} <= set(SCOPES)
    assert set(exceptions()) <= {word.word for word in unused()}


def test_french_punctuation_stays_beside_its_word() -> None:
    """A no-break space (U+00A0, which the fonts of PDF files have) before `:;?!»` and after `«`."""
    catalogue = polib.pofile(str(ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"))
    texts = [text for entry in catalogue for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in texts if re.search(r" [:;?!»](?!\w)|« ", text)] == []


def test_no_message_is_hidden_in_an_f_string() -> None:
    """What gettext does not find there is in no catalogue, and stays English everywhere."""
    calls = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
    # Few modules can hold one, and the others need not be parsed.
    call_in_braces = re.compile(rf"\{{[^}}\n]*(?<![\w.])(?:{'|'.join(calls)})\(")
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in (path for app in APPS for path in (ROOT / app).rglob("*.py"))
        if call_in_braces.search(source := path.read_text())
        for text in ast.walk(ast.parse(source))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in calls
    ]
    assert hidden == []
