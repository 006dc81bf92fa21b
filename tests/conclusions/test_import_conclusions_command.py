"""The command `import_conclusions`: what it tells, finds by itself and refuses."""

import json
import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from portal.conclusions.models import Conclusions, PartText
from portal.consultations.page_models import ConsultationPage
from portal.library.extraction import extract
from tests.conclusions.bringing import COVER_LINES, DOCUMENTS, ORCHARDS, text_of
from tests.factories.pages import ConsultationTree

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> tuple[int, dict[str, object], str]:
    out, err = StringIO(), StringIO()
    status = 0
    try:
        call_command("import_conclusions", *map(str, arguments), "--json", stdout=out, stderr=err)
    except SystemExit as stop:
        status = int(str(stop.code))
    return status, json.loads(out.getvalue().splitlines()[-1]), err.getvalue()


@pytest.fixture
def riverside(consultation_pages: ConsultationTree) -> ConsultationPage:
    """The consultation that the files name by place and days."""
    pages = ConsultationPage.objects.filter(
        translation_key=consultation_pages.consultation["es"].translation_key
    )
    pages.update(place="Riverside", starts_on=date(2026, 6, 3), ends_on=date(2026, 6, 4))
    return pages.first()


@pytest.mark.long
def test_command_finds_the_consultation_and_tells_counts_and_tree(riverside: ConsultationPage) -> None:
    status, dry, err = run(DOCUMENTS / "orchards.en.txt", "--language", "en", "--dry-run")
    assert (status, err, Conclusions.objects.count()) == (0, "", 0)
    status, told, _err = run(DOCUMENTS / "orchards.en.txt", "--language", "en")
    assert (status, told) == (0, dry)
    assert Conclusions.objects.get().consultation_key == riverside.translation_key
    names = ("segments", "priority_areas", "recommendations", "good_practices", "footnotes", "rejected")
    assert [told[name] for name in names] == [2, 5, 8, 2, 5, 0]
    assert told["tree"] == [
        {"segment": 1, "title": "WATER FOR YOUNG TREES", "priority_areas": 3, "recommendations": 5},
        {"segment": 2, "title": "FRUIT FOR EVERYBODY", "priority_areas": 2, "recommendations": 3},
    ]
    assert told["unplaced"][0] == {"where": "segment 2, priority area 1", "text": "Recommendations:"}
    status, again, _err = run(DOCUMENTS / "huertos.es.md", "--language", "es")
    assert (status, Conclusions.objects.count(), again["untranslated"]) == (0, 1, [COVER_LINES])


@pytest.mark.few(1)
@pytest.mark.parametrize("place", ["Riverside, Chile", "Riverside (Chile)"])
def test_command_knows_a_place_by_its_town(riverside: ConsultationPage, place: str) -> None:
    ConsultationPage.objects.filter(translation_key=riverside.translation_key).update(place=place)
    status, _told, err = run(DOCUMENTS / "orchards.en.txt", "--language", "en")
    assert (status, err, Conclusions.objects.get().consultation_key) == (0, "", riverside.translation_key)


def test_a_consultation_without_a_day_is_none_that_a_file_names(riverside: ConsultationPage) -> None:
    ConsultationPage.objects.filter(translation_key=riverside.translation_key).update(starts_on=None)
    status, told, _err = run(DOCUMENTS / "orchards.en.txt", "--language", "en")
    assert (status, told["errors"][0]["field"]) == (1, "consultation")


@pytest.mark.long
def test_command_tells_what_became_of_the_draft(riverside: ConsultationPage, tmp_path: Path) -> None:
    """In words and as JSON, and a dry run the same."""
    run(DOCUMENTS / "orchards.en.txt", "--language", "en")
    ladders = text_of("Lend ladders")
    PartText.objects.create(part=ladders.part, language="es", body="Prestar escaleras.")
    other = tmp_path / "other.txt"
    text = ORCHARDS.replace("• Let schools sell juice on market days.\n", "")
    other.write_text(text.replace("Lend ladders", "Lend baskets"), encoding="utf-8")
    arguments = (other, "--language", "en", "--replace")
    status, dry, _err = run(*arguments, "--dry-run")
    out = StringIO()
    call_command("import_conclusions", *map(str, arguments), "--json", stdout=out)
    *lines, told = out.getvalue().splitlines()
    assert (status, json.loads(told)) == (0, dry)
    gone, new = (
        "recommendation 2.2.1: Let schools sell juice on market days.",
        "Lend baskets at the town hall.",
    )
    assert (dry["removed"], dry["outdated"]) == ([gone], [f"recommendation 2.1.2: {new} (es)"])
    assert f"no longer in the file, removed: {gone}" in lines
    assert f"these translations are of the words before: recommendation 2.1.2: {new} (es)" in lines


def test_command_prints_every_word_on_a_dry_run(riverside: ConsultationPage, tmp_path: Path) -> None:
    out = StringIO()
    path = DOCUMENTS / "bridges.en.txt"
    options = ("--language", "en", "--consultation", riverside.slug, "--dry-run")
    call_command("import_conclusions", str(path), *options, stdout=out)
    said = out.getvalue()
    words = {word for block in extract(path).blocks for word in re.findall(r"\w+", block.text)}
    # A word with a footnote's mark glued to it stands apart from the mark.
    assert sorted(word for word in words if word not in said) == [
        "2Hillford",
        "4Finland",
        "Organizations3",
        "governments2",
        "noted4",
    ]
    assert "two words in one? lampswere" in said


def test_command_says_why_it_refuses(riverside: ConsultationPage, tmp_path: Path) -> None:
    prose, elsewhere = tmp_path / "prose.txt", DOCUMENTS / "bridges.en.txt"
    prose.write_text("There is no such part in this text.\n\n" * 30)
    orchards = DOCUMENTS / "orchards.en.txt"
    for path, options, field in (
        (prose, ("--language", "en"), "segments"),
        (elsewhere, ("--language", "en"), "consultation"),
        (orchards, ("--language", "en", "--consultation", "nowhere"), "consultation"),
        (orchards, ("--language", "de"), "language"),
    ):
        status, told, err = run(path, *options)
        assert (status, told["rejected"], told["created"]) == (1, 1, 0)
        assert err.startswith(f"{path.name}: {field}: ")
        assert (riverside.slug in err) == (field == "consultation")
    assert Conclusions.objects.count() == 0


def test_command_refuses_another_file_and_names_the_first(
    riverside: ConsultationPage, tmp_path: Path
) -> None:
    run(DOCUMENTS / "orchards.en.txt", "--language", "en")
    other = tmp_path / "other.txt"
    other.write_text(ORCHARDS.replace("Lend ladders", "Lend baskets"), encoding="utf-8")
    status, told, err = run(other, "--language", "en")
    assert (status, told["errors"][0]["field"]) == (1, "file")
    assert "orchards.en.txt" in err
    status, told, _err = run(other, "--language", "en", "--replace")
    assert (status, told["updated"]) == (0, 1)
