"""The vocabulary of cross-cutting marks: four languages, facets in order, codes that stay."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from portal.common.actors import Group
from portal.common.languages import CODES
from portal.taxonomy.enums import MarkFacet
from portal.taxonomy.models import CrossCuttingMark
from portal.taxonomy.queries import (
    mark_choices,
    mark_names,
    marks,
    organization_type_names,
    vocabulary_names,
)
from portal.taxonomy.reference import load_reference
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_every_facet_has_terms_and_every_term_four_names() -> None:
    assert {mark.facet for mark in marks("en").values()} == set(MarkFacet.values)
    names = {language: mark_names(language) for language in CODES}
    assert len({tuple(of) for of in names.values()}) == 1
    assert [code for code in names["en"] if len({names[each][code] for each in CODES}) < 2] == []
    assert names["pt"]["gender"] == "Enfoque de gênero"


def test_marks_are_offered_facet_by_facet() -> None:
    offered = mark_choices(marks("en"))
    assert [facet for facet, _rows in offered] == [str(facet.label) for facet in MarkFacet]
    assert [code for _facet, rows in offered for code, _name in rows] == list(marks("en"))


def test_loading_again_changes_nothing_that_an_editor_changed() -> None:
    CrossCuttingMark.objects.filter(code="gender", locale__language_code="fr").update(name="Genre")
    assert load_reference()["marks"] == 0
    assert mark_names("fr")["gender"] == "Genre"


def test_a_missing_translation_reads_the_default_language() -> None:
    CrossCuttingMark.objects.filter(code="gender", locale__language_code="fr").delete()
    assert (list(mark_names("fr")), mark_names("fr")["gender"]) == (
        list(mark_names("es")),
        "Enfoque de género",
    )


def test_a_code_stays_and_nobody_deletes_it() -> None:
    mark = CrossCuttingMark.objects.get(code="gender", locale__language_code="es")
    mark.code = "sex"
    with pytest.raises(ValidationError):
        mark.full_clean()
    editor = make_user(Group.EDITOR)
    allowed = [verb for verb in ("add", "change", "view", "delete")
               if editor.has_perm(f"taxonomy.{verb}_crosscuttingmark")]  # fmt: skip
    assert allowed == ["add", "change", "view"]


@pytest.mark.long
def test_editors_find_the_terms_in_the_admin(client: Client) -> None:
    client.force_login(make_user(Group.EDITOR))
    mark = CrossCuttingMark.objects.get(code="gender", locale__language_code="en")
    for path in ("", f"edit/{mark.pk}/"):
        page = client.get(f"/admin/snippets/taxonomy/crosscuttingmark/{path}")
        assert (page.status_code, "Gender approach" in page.text or not path) == (200, True)


def test_both_vocabularies_are_read_at_once(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        names = vocabulary_names("pt")
    assert (names.types, names.marks) == (organization_type_names("pt"), marks("pt"))
