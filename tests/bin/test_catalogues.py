"""bin/compile_catalogues and bin/_catalogues.py: compiled when stale, compared with the source."""

import gettext
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import polib

Script = Callable[[str], ModuleType]


def catalogue(root: Path, **messages: str) -> Path:
    folder = root / "locale" / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    source = polib.POFile()
    source.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    source.extend(polib.POEntry(msgid=key, msgstr=value) for key, value in messages.items())
    source.save(str(folder / "django.po"))
    return folder / "django.po"


def test_compile_makes_a_catalogue_that_gettext_reads(tmp_path: Path, script: Script) -> None:
    catalogue(tmp_path, Child="Niña o niño")
    assert script("compile_catalogues").compile_stale(tmp_path) == [
        "locale/es/LC_MESSAGES/django.po: 1 messages"
    ]
    translation = gettext.translation("django", tmp_path / "locale", ["es"])
    assert translation.gettext("Child") == "Niña o niño"


def test_compile_does_nothing_twice(tmp_path: Path, script: Script) -> None:
    catalogue(tmp_path, Child="Niño")
    compile_stale = script("compile_catalogues").compile_stale
    compile_stale(tmp_path)
    assert compile_stale(tmp_path) == []


def test_compile_again_when_the_source_is_newer(tmp_path: Path, script: Script) -> None:
    source = catalogue(tmp_path, Child="Niño")
    compile_stale = script("compile_catalogues").compile_stale
    compile_stale(tmp_path)
    catalogue(tmp_path, Child="Niña", Law="Ley")
    later = source.with_suffix(".mo").stat().st_mtime + 5
    os.utime(source, (later, later))
    assert compile_stale(tmp_path) == ["locale/es/LC_MESSAGES/django.po: 2 messages"]


def test_problems_name_missing_left_over_unsure_and_untranslated(tmp_path: Path, script: Script) -> None:
    committed = polib.pofile(str(catalogue(tmp_path / "a", Old="Viejo", Kept="Igual", Empty="")))
    committed.append(polib.POEntry(msgid="Unsure", msgstr="Quizá", flags=["fuzzy"]))
    fresh = polib.pofile(str(catalogue(tmp_path / "b", New="", Kept="", Empty="", Unsure="")))
    assert script("_catalogues.py").problems(committed, fresh, "es") == [
        "not in the catalogue: 'New'",
        "no longer in the source: 'Old'",
        "not translated: 'Empty'",
        "marked as unsure: 'Unsure'",
    ]


def test_problems_allow_an_empty_source_language(tmp_path: Path, script: Script) -> None:
    committed = polib.pofile(str(catalogue(tmp_path / "a", Same="")))
    fresh = polib.pofile(str(catalogue(tmp_path / "b", Same="")))
    assert script("_catalogues.py").problems(committed, fresh, "en") == []


def test_problems_name_messages_whose_files_are_others(script: Script) -> None:
    committed, fresh = polib.POFile(), polib.POFile()
    for text, named, used in (
        ("Kept", [("portal/a.py", "")], [("portal/a.py", "7"), ("portal/a.py", "9")]),
        ("Moved", [("portal/a.py", "")], [("portal/b.py", "1")]),
        ("Unnamed", [], [("portal/a.py", "3")]),
    ):
        committed.append(polib.POEntry(msgid=text, msgstr=text, occurrences=named))
        fresh.append(polib.POEntry(msgid=text, occurrences=used))
    assert script("_catalogues.py").problems(committed, fresh, "es") == [
        "used in other files than it names (--write): 'Moved'",
        "used in other files than it names (--write): 'Unnamed'",
    ]


WRITTEN = """#
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

# a translator's note
#: portal/gone.py portal/old/views.py:12
#, python-format
msgctxt "feminine"
msgid ""
"A text that is written "
"on two lines"
msgstr "Dos líneas"

msgid "Child"
msgstr "Niño"

msgid "Law"
msgid_plural "Laws"
msgstr[0] "Ley"
msgstr[1] "Leyes"

#~ msgid "Child"
#~ msgstr "Niña"
"""


def test_references_name_each_file_once_and_no_line(tmp_path: Path, script: Script) -> None:
    fresh = polib.pofile(WRITTEN)
    occurrences = [("portal/b.py", "12"), ("portal/a.html", "3"), ("portal/b.py", "40")]
    next(entry for entry in fresh if entry.msgid == "Law").occurrences = occurrences
    files = script("_catalogues.py").references(fresh)
    assert files[None, "Law", "Laws"] == ["portal/a.html", "portal/b.py"]


def test_references_are_written_and_nothing_else_changes(script: Script) -> None:
    module = script("_catalogues.py")
    files = {
        ("feminine", "A text that is written on two lines", ""): ["portal/a.html", "portal/b.py"],
        (None, "Child", ""): ["portal/c.py"],
        (None, "Law", "Laws"): ["portal/d.py"],
    }
    written = module.with_references(WRITTEN, files)
    assert written == (
        WRITTEN.replace("#: portal/gone.py portal/old/views.py:12\n", "#: portal/a.html\n#: portal/b.py\n")
        .replace('\nmsgid "Child"', '\n#: portal/c.py\nmsgid "Child"')
        .replace('msgid "Law"', '#: portal/d.py\nmsgid "Law"')
    )
    assert module.with_references(written, files) == written
    assert module.references(polib.pofile(written)) == files
