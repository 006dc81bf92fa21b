"""Control and direction characters leave what people type; letters, joiners and line ends stay."""

import pytest
from django import forms
from django.utils.translation import override

from portal.accounts.forms import ProfileForm as PersonForm
from portal.accounts.forms import SignupForm
from portal.common.characters import many_lines, one_line
from portal.common.typed.answers import form_of
from portal.desk.organizations.forms import ProfileForm
from portal.moderation.forms import reason_form
from portal.observatory.saved.forms import DetailsForm
from portal.pages.models import HomePage
from portal.submissions.decisions import DECISIONS
from portal.taxonomy.content import tidied

DIRECTIONS = [0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F, 0x061C]
CONTROLS = [0, 7, 8, 0x1B, 0x7F, 0x80, 0x9F, 0xFEFF, 0xD800]


@pytest.mark.parametrize("code", DIRECTIONS + CONTROLS)
def test_invisible_characters_leave_lines_and_texts(code: int) -> None:
    typed = f"Alpha{chr(code)}Beta"
    assert (one_line(typed), many_lines(typed)) == ("AlphaBeta",) * 2


@pytest.mark.parametrize("code", [9, 10, 11, 12, 13, 0x85, 0x2028, 0xA0])
def test_every_kind_of_space_is_one_space_in_a_line(code: int) -> None:
    assert one_line(f" Alpha {chr(code)} Beta{chr(code)}") == "Alpha Beta"


def test_a_text_keeps_its_lines_and_tabs() -> None:
    assert many_lines("\r\na\tb\r\n\r\nc\rd \x0b\n") == "a\tb\n\nc\nd"


@pytest.mark.parametrize("word", ["می‌خواهم", "क्‍ष", "añadió", "👩‍👧", "עברית"])
def test_letters_joiners_and_other_scripts_stay(word: str) -> None:
    assert (one_line(word), many_lines(word)) == (word, word)


def test_a_place_to_part_a_word_is_kept_in_a_text_alone() -> None:
    typed = "co\u00adoperate\u200b"
    assert (one_line(typed), many_lines(typed)) == ("cooperate", typed)


SIGN = "\u202e\x07\x1b\u2066"


def test_names_of_organizations_people_and_searches_lose_them(db: None) -> None:
    typed = {"name": f"Red{SIGN} Uno", "acronym": f"R{SIGN}U", "description": f"a{SIGN}\nb"}
    organization = ProfileForm(typed)
    organization.full_clean()
    kept = {name: organization.cleaned_data[name] for name in typed}
    assert kept == {"name": "Red Uno", "acronym": "RU", "description": "a\nb"}
    person = PersonForm({"name": f"Ana{SIGN} Paz", "language": "es"})
    saved = DetailsForm({"name": f"Asylum{SIGN}", "telling": "none"})
    reason = reason_form(DECISIONS[1], {"reason": f"Name{SIGN}\nthe town"})
    assert all(form.is_valid() for form in (person, saved, reason))
    assert (person.cleaned_data["name"], saved.cleaned_data["name"]) == ("Ana Paz", "Asylum")
    assert reason.cleaned_data["reason"] == "Name\nthe town"


def test_a_refused_form_shows_all_but_them_and_says_so(db: None) -> None:
    person = PersonForm({"name": f"Ana{SIGN} <Paz>", "language": "x"})
    plain = PersonForm({"name": "Ana <Paz>\r\n", "language": "x"})
    with override("en"):
        page, told = str(person), "Characters that do not show were taken out of this."
        assert (told in page, told in str(plain)) == (True, False)
    assert ('value="Ana &lt;Paz&gt;"' in page, [sign for sign in SIGN if sign in page]) == (True, [])


def test_an_error_that_quotes_what_was_typed_shows_all_but_them(db: None) -> None:
    person = PersonForm({"name": "Ana", "language": f"x{SIGN}y"})
    assert ("xy" in str(person), [sign for sign in SIGN if sign in str(person)]) == (True, [])


class PasswordForm(forms.Form):
    password = forms.CharField(widget=forms.PasswordInput)


def test_a_password_is_not_spoken_of() -> None:
    with override("en"):
        assert "were taken out" not in str(PasswordForm({"password": f"x{SIGN}"}))


def test_a_form_that_comes_back_shows_all_but_them() -> None:
    again = form_of([("text", f"Two{SIGN} words\n"), ("key", f"k{SIGN}")], "/x/")
    assert [field.value for field in again["fields"]] == ["Two words\n", "k"]


def test_the_name_at_sign_up_loses_them(db: None) -> None:
    form = SignupForm({"name": f"Ana{SIGN} Paz", "email": "ana@example.org"})
    assert (form.is_valid(), form.cleaned_data["name"]) == (True, "Ana Paz")


def test_a_name_of_nothing_but_signs_is_missing() -> None:
    form = PersonForm({"name": SIGN, "language": "es"})
    assert form.has_error("name", "required")


def test_terms_of_the_glossary_lose_them() -> None:
    content = tidied("k", {"es": ["asi\u202elo\x07x"]}, {"es": "una\u2066\nnota"}, [])
    # A control character between words has always been a space there; a direction character is nothing.
    assert (content.terms["es"], content.notes["es"]) == (("asilo x",), "una\nnota")


def test_titles_of_pages_lose_them(db: None) -> None:
    page = HomePage(title=f"Inicio{SIGN} uno", slug="inicio", heading=f"Largo{SIGN}\ndos")
    page.clean()
    assert (page.title, page.heading) == ("Inicio uno", "Largo\ndos")
