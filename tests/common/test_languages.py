"""The table of languages, and what is made from it: settings, choices, names of languages and countries."""

import pytest
from babel import Locale
from django.apps import apps
from django.conf import settings
from django.db.models import Field
from django.utils import translation

from portal.common.choices import country_choices, country_codes, language_choices
from portal.common.countries import COUNTRIES, country_name
from portal.common.languages import CODES, LANGUAGES, row_of
from portal.common.phrases import LANGUAGE_NAMES, ORIGINAL_IN, language_in_text


def test_settings_list_the_languages_of_the_table() -> None:
    assert [code for code, _name in settings.LANGUAGES] == list(CODES)
    assert settings.WAGTAIL_CONTENT_LANGUAGES == settings.LANGUAGES
    assert [code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES] == ["es", "en", "pt-br", "fr"]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_each_language_has_a_known_locale(language: object) -> None:
    row = row_of(getattr(language, "code", ""))
    assert Locale.parse(row.locale).language == row.code
    assert row.packages.partition("-")[0] == row.code


@pytest.mark.parametrize(
    ("active", "code"), [("pt-br", "pt"), ("pt", "pt"), ("en-gb", "en"), ("de", "es"), (None, "es")]
)
def test_a_language_as_django_names_it_finds_its_row(active: str | None, code: str) -> None:
    assert row_of(active).code == code


def test_no_model_writes_languages_or_countries_into_a_migration() -> None:
    """`choices` are a function: a fifth language or a new country then needs no migration."""
    listed: dict[str, object] = {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            is_ours = isinstance(field, Field) and model.__module__.startswith(("portal.", "search."))
            if is_ours and field.name in {"language", "country"} and field.choices:
                listed[str(field)] = field.deconstruct()[3]["choices"]
    assert len(listed) == 49
    assert set(listed.values()) == {language_choices, country_codes}


@pytest.mark.parametrize(
    ("code", "names", "inside"),
    [
        ("es", ["Español", "Inglés", "Portugués", "Francés"], "portugués"),
        ("en", ["Spanish", "English", "Portuguese", "French"], "Portuguese"),
        ("pt", ["Espanhol", "Inglês", "Português", "Francês"], "português"),
        ("fr", ["Espagnol", "Anglais", "Portugais", "Français"], "portugais"),
    ],
)
def test_names_of_languages_begin_with_a_capital_in_labels_only(
    code: str, names: list[str], inside: str
) -> None:
    with translation.override(code):
        assert [str(name) for name in LANGUAGE_NAMES.values()] == names
        assert language_choices() == list(zip(CODES, names, strict=True))
        assert language_in_text("pt") == inside
        assert str(ORIGINAL_IN["pt"]).endswith(f" {inside}")


def test_every_country_of_the_standard_the_union_and_our_own_elsewhere() -> None:
    assert len(COUNTRIES) == 249 + 2
    assert {"EU", "XX"} <= COUNTRIES.keys()
    assert {"ZZ", "UN", "QO", "XA", "XB", "XK", "AC"}.isdisjoint(COUNTRIES)
    # The ones of the first slice: rows of theirs are in the database.
    kept = (
        "AG AR BS BB BZ BO BR CA CL CO CR CU DM DO EC SV FR DE GD GT GY HT HN JM MX NL NI PA PY PE KN LC VC"
    )
    assert {*f"{kept} ES SR SE CH TT GB US UY VE XX".split()} <= COUNTRIES.keys()


@pytest.mark.parametrize(
    ("language", "names", "union"),
    [
        (
            "es",
            ["Brasil", "Trinidad y Tobago", "Santa Lucía", "Regional (varios países) u otro lugar"],
            "Unión Europea",
        ),
        (
            "en",
            ["Brazil", "Trinidad and Tobago", "Saint Lucia", "Regional (several countries) or elsewhere"],
            "European Union",
        ),
        (
            "pt",
            ["Brasil", "Trinidad e Tobago", "Santa Lúcia", "Regional (vários países) ou outro lugar"],
            "União Europeia",
        ),
        (
            "fr",
            ["Brésil", "Trinité-et-Tobago", "Sainte-Lucie", "Régional (plusieurs pays) ou ailleurs"],
            "Union européenne",
        ),
    ],
)
def test_countries_are_named_for_the_reader(language: str, names: list[str], union: str) -> None:
    with translation.override(language):
        assert [country_name(code) for code in ("BR", "TT", "LC", "XX")] == names
        assert country_name("??") == "??"
        assert country_name("EU") == union


def test_countries_stand_in_the_reader_s_order_with_elsewhere_last() -> None:
    with translation.override("fr"):
        codes = [code for code, _name in country_choices()]
    assert (codes[0], codes[1], codes[-2], codes[-1]) == ("", "AF", "EU", "XX")
    # Dominique, Égypte, Équateur, Érythrée, Espagne: accents do not send a name to the end.
    assert sorted(("EG", "ES", "DM", "ER", "EC"), key=codes.index) == ["DM", "EG", "EC", "ER", "ES"]
