"""The quality gate on texts that are good and texts that are broken, each in four languages."""

import pytest

from portal.common.languages import CODES
from portal.files.quality import Flaw, assess, likeliest
from tests.files.quality_texts import BAD, GOOD, PROSE


@pytest.mark.parametrize("name", GOOD)
def test_good_texts_pass(name: str) -> None:
    assert {code: assess(GOOD[name](code), [code]).verdict for code in CODES} == dict.fromkeys(CODES, "good")


@pytest.mark.parametrize("name", BAD)
def test_broken_texts_do_not_pass(name: str) -> None:
    wanted, made = BAD[name]
    assert {code: assess(made(code), [code]).verdict for code in CODES} == dict.fromkeys(CODES, wanted)


def test_a_text_in_two_languages_passes_as_such_and_is_told_of_as_one() -> None:
    pages = [PROSE["es"], PROSE["pt"]]
    assert assess(pages, ["es", "pt"]).flaw is None
    told = assess(pages, ["es"])
    assert (told.verdict, told.flaw, told.other) == ("good", Flaw.MIXED, "pt")
    assert [likeliest(page, ["pt", "es"]) for page in pages] == ["es", "pt"]


def test_a_stamp_on_pictures_is_no_text() -> None:
    assert assess(["Digitalizado en 2021"] * 4, ["es"], pictured=True).flaw == Flaw.SCAN
    assert assess(["Digitalizado en 2021"] * 4, ["es"]).flaw is None
