"""Participants by category: counted from the data, beside the official figure, and in words."""

import random
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.languages import CODES
from portal.conclusions.enums import PartKind, Unit
from portal.conclusions.models import Conclusions
from portal.conclusions.participation.counting import Counted, Presence, Way, counted, together
from portal.conclusions.participation.domain import adopt_words, set_figure
from portal.conclusions.participation.presences import presences_at
from portal.conclusions.participation.words import paragraph
from portal.consultations.enums import Mode
from portal.interventions.models import Intervention
from portal.organizations.models import Organization
from portal.publication.domain import withdraw
from portal.taxonomy.queries import organization_type_names
from tests.factories import make_organization, publish_organization
from tests.factories.backed_conclusions import publish_draft
from tests.factories.sessions import attend, make_session, record_of
from tests.markup import dense
from tests.thinning import rarely

NOW = timezone.now()
CANARY = "zunzuncanario"
CATEGORIES = ("state", "academia", "refugee_led")


def _data(seed: int) -> list[Presence]:
    """Organizations of one category each by their records; attendances may say another, and give persons."""
    dice = random.Random(seed)
    own = {number: dice.choice(CATEGORIES) for number in range(1, dice.randint(1, 9))}
    rows = []
    for _ in range(dice.randint(0, 30)):
        way = dice.choice(list(Way))
        if dice.random() < 0.2:
            rows.append(Presence(way, dice.choice(CATEGORIES), None, dice.randint(1, 20), True))
        elif own:
            number = dice.choice(list(own))
            is_told = way != Way.SPOKE
            category = dice.choice(CATEGORIES) if is_told and dice.random() < 0.3 else own[number]
            rows.append(Presence(way, category, number, dice.choice((0, 0, 3)) if is_told else 0, is_told))
    return rows


def _plain_recount(rows: list[Presence]) -> dict[str, tuple[int, int, int, int, int]]:
    """Spoke, signed, attended, all, persons: row by row, organization by organization."""

    def category_of(number: int) -> str:
        own = [row for row in rows if row.organization == number]
        told = [row.category for row in own if row.is_told]
        return told[0] if told else own[0].category

    result = {}
    for category in CATEGORIES:
        members = [
            number
            for number in sorted({row.organization for row in rows if row.organization is not None})
            if category_of(number) == category
        ]
        ways = [
            sum(any(row.organization == each and row.way == way for row in rows) for each in members)
            for way in (Way.SPOKE, Way.SIGNED, Way.ATTENDED)
        ]
        persons = 0
        for row in rows:
            if (row.organization in members) or (row.organization is None and row.category == category):
                persons += row.persons
        if members or any(row.organization is None and row.category == category for row in rows):
            result[category] = (*ways, len(members), persons)
    return result  # type: ignore[return-value]


def _figures(row: Counted) -> tuple[int, ...]:
    return (*(row.ways[way] for way in (Way.SPOKE, Way.SIGNED, Way.ATTENDED)), row.bodies, row.persons)


def test_figures_equal_a_plain_recount_of_500_data_sets() -> None:
    filled = 0
    for seed in range(500):
        rows = _data(seed)
        expected = _plain_recount(rows)
        assert {code: _figures(row) for code, row in counted(rows).items()} == expected, seed
        filled += len(expected) == len(CATEGORIES)
    assert filled > 100


def test_all_categories_together_count_each_organization_once() -> None:
    rows = counted([Presence(Way.SPOKE, "state", 1), Presence(Way.SIGNED, "academia", 2, 3)])
    assert _figures(together(rows.values())) == (1, 1, 0, 2, 3)


@pytest.mark.django_db
def test_participants_are_counted_from_all_that_is_known(
    conclusions: Conclusions, said: Intervention, organization: Organization
) -> None:
    """Who spoke is published or stands in a public session; who attended stands in the table."""
    key = conclusions.consultation_key
    state = make_organization(name="Estado Uno", type_code="state")
    publish_organization(state)
    make_session(key, speakers=(state,))
    hidden = make_organization(type_code="academia")
    publish_organization(hidden)
    make_session(key, speakers=(hidden,), is_public=False)
    attend(key, organization, persons=3)
    attend(key, state, mode=Mode.SIGNED)
    attend(key, category="private_sector", persons=5)
    assert {code: _figures(row) for code, row in counted(presences_at(key)).items()} == {
        "refugee_led": (1, 0, 1, 1, 3),
        "state": (1, 1, 0, 1, 0),
        "private_sector": (0, 0, 0, 0, 5),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("number", [rarely(1), 3, rarely(9)])
def test_reading_presences_costs_the_same_with_more_of_them(
    conclusions: Conclusions, said: Intervention, django_assert_num_queries: Any, number: int
) -> None:
    for _ in range(number):
        other = make_organization()
        publish_organization(other)
        make_session(conclusions.consultation_key, speakers=(other,))
        attend(conclusions.consultation_key, other)
    presences_at(conclusions.consultation_key)
    with django_assert_num_queries(6):
        assert len(presences_at(conclusions.consultation_key)) == 1 + 2 * number


@pytest.mark.long
@pytest.mark.django_db
def test_the_official_figure_stays_beside_the_computed_one(
    client: Client, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    conclusions.participant_categories.create(code="refugee_led", official_count=4)
    publish_draft(conclusions, editor)
    other = make_organization(name="Casa Abierta")
    publish_organization(other)
    attend(conclusions.consultation_key, other)
    row = client.get("/api/v1/conclusions/brasilia?ui=en").json()["participants"][0]
    told = {name: row[name] for name in ("category", "count", "computed", "counted", "ways")}
    assert told == {
        "category": "refugee_led",
        "count": 4,
        "computed": 2,
        "counted": 1,
        "ways": {"spoke": 1, "signed": 0, "attended": 1},
    }
    page = dense(client.get("/en/consultations/brasilia/conclusions/").text)
    assert "The portal counts 2: 1 spoke, 0 signed, 1 attended" in page
    # The chart says how many; each list of organizations is told apart.
    assert "Refugee-led organization: 4" not in page
    assert "Organizations the portal knows of: Refugee-led organization" in page
    spanish = dense(client.get("/es/consultations/brasilia/conclusions/").text)
    assert "El portal cuenta 2: 1 intervino, 0 firmaron, 1 asistió" in spanish
    assert f'href="/en/organizations/{record_of(other).public_id}/" lang="es">Casa Abierta</a>' in page


@pytest.mark.django_db
def test_only_public_organizations_are_named(
    client: Client, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    gone = make_organization(name=CANARY)
    publish_organization(gone)
    attend(conclusions.consultation_key, gone)
    conclusions.participant_categories.create(code="refugee_led", official_count=4)
    publish_draft(conclusions, editor)
    assert CANARY in client.get("/en/consultations/brasilia/conclusions/").text
    withdraw("organization", gone.key, actor=system("tests"), now=NOW)
    assert CANARY not in client.get("/en/consultations/brasilia/conclusions/").text
    client.force_login(editor)
    desk = client.get(f"/en/desk/conclusions/{conclusions.key}/participants/")
    assert (desk.status_code, CANARY in desk.text) == (200, False)


@pytest.mark.django_db
def test_a_figure_that_differs_needs_a_note(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    values: dict[str, Any] = {"category": "refugee_led", "unit": Unit.BODIES, "now": NOW}
    with pytest.raises(Incomplete) as caught:
        set_figure(conclusions, figure=3, note=" ", actor=person(editor), **values)
    assert [problem.field for problem in caught.value.problems] == ["note"]
    assert not conclusions.participant_categories.exists()
    set_figure(conclusions, figure=1, note="", actor=person(editor), **values)
    row = set_figure(conclusions, figure=3, note="Dos sin texto.", actor=person(editor), **values)
    conclusions.refresh_from_db()
    assert (row.official_count, row.texts.get().note) == (3, "Dos sin texto.")
    assert conclusions.author_id == editor.pk


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["moderator", "commissioner", "focal_point"])
def test_nobody_but_an_editor_sets_figures(
    conclusions: Conclusions, name: str, request: pytest.FixtureRequest
) -> None:
    actor = person(request.getfixturevalue(name))
    with pytest.raises(NotAllowed):
        set_figure(conclusions, category="state", figure=0, unit=Unit.BODIES, note="", actor=actor, now=NOW)


@pytest.mark.django_db
def test_what_is_published_is_not_changed(conclusions: Conclusions, said: Intervention, editor: User) -> None:
    publish_draft(conclusions, editor)
    with pytest.raises(WrongState):
        adopt_words(conclusions, [], actor=person(editor), now=NOW)


FIGURES = {
    "state": Counted({}, (1,), 2),
    "refugee_led": Counted({}, (2, 3), 4),
    "academia": Counted({}, (4,), 0),
    "dreamers": Counted({}, (5,), 0),
}
NAMES = {"refugee_led": ["Casa", "Red", "Ñandú"]}


@pytest.mark.django_db
def test_the_words_agree_in_every_language() -> None:
    said = {}
    for code in CODES:
        names = organization_type_names(code) | {"dreamers": "Soñadores"}
        words = paragraph(FIGURES, NAMES, names, language=code, first_footnote=7)
        said[code] = (words.body, words.footnotes)
    assert {code: body for code, (body, _notes) in said.items()} == {
        "es": "Participaron en la consulta 2 organizaciones lideradas por personas refugiadas[^7], "
        "1 institución académica, 1 Estado y 1 de la categoría «Soñadores». "
        "6 personas asistieron a la reunión.",
        "en": "2 refugee-led organizations[^7], 1 academic institution, 1 State and "
        "1 of the category “Soñadores” took part in the consultation. 6 persons attended the meeting.",
        "pt": "Participaram da consulta 2 organizações lideradas por pessoas refugiadas[^7], "
        "1 instituição acadêmica, 1 Estado e 1 da categoria “Soñadores”. "
        "6 pessoas compareceram à reunião.",
        "fr": "2 organisations dirigées par des réfugiés[^7], 1 institution universitaire, 1 État et "
        "1 de la catégorie « Soñadores » ont participé à la consultation. "
        "6 personnes ont assisté à la réunion.",
    }
    names = [notes for _body, notes in said.values()]
    assert names == [(("7", f"Casa, Red {word} Ñandú."),) for word in ("y", "and", "e", "et")]


@pytest.mark.django_db
def test_one_organization_alone_takes_the_singular() -> None:
    one = {"state": Counted({}, (1,), 1)}
    bodies = [paragraph(one, {}, organization_type_names(code), language=code).body for code in CODES]
    assert bodies == [
        "Participó en la consulta 1 Estado. 1 persona asistió a la reunión.",
        "1 State took part in the consultation. 1 person attended the meeting.",
        "Participou da consulta 1 Estado. 1 pessoa compareceu à reunião.",
        "1 État a participé à la consultation. 1 personne a assisté à la réunion.",
    ]


@pytest.mark.django_db
def test_an_editor_puts_the_words_into_the_draft(
    client: Client, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    """In the languages that the draft has; the footnotes go with them."""
    client.force_login(editor)
    page = client.get(f"/en/desk/conclusions/{conclusions.key}/participants/").text
    assert all(f'lang="{code}"' in page for code in CODES)
    assert ("organization¹ took part" in page, "[^" in page) == (True, False)
    assert client.post(f"/en/desk/conclusions/{conclusions.key}/participants/words/").status_code == 302
    part = conclusions.parts.get(kind=PartKind.PARTICIPANTS)
    assert dict(part.texts.values_list("language", "body")) == {
        "es": "Participó en la consulta 1 organización liderada por personas refugiadas[^1].",
        "en": "1 refugee-led organization[^1] took part in the consultation.",
    }
    assert set(part.footnotes.values_list("language", "number", "text")) == {
        ("es", "1", "Red Uno."),
        ("en", "1", "Red Uno."),
    }
    client.post(f"/en/desk/conclusions/{conclusions.key}/participants/words/")
    assert (conclusions.parts.filter(kind=PartKind.PARTICIPANTS).count(), part.footnotes.count()) == (1, 2)


@pytest.mark.django_db
def test_attendance_from_a_table_reaches_the_desk(
    client: Client, conclusions: Conclusions, organization: Organization, editor: User, tmp_path: Any
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("organization,category,persons,mode\nRed Uno,,3,present\n")
    call_command("import_attendance", str(path), "--consultation", "brasilia")
    client.force_login(editor)
    response = client.get(f"/en/desk/conclusions/{conclusions.key}/participants/")
    cells = ["Refugee-led organization", "", "Bodies", 1, "", 0, 0, 1, 3]
    assert [[str(cell) for cell in row] for row in response.context["table"]] == [[str(c) for c in cells]]


@pytest.mark.long
@pytest.mark.django_db
def test_a_category_without_anybody_in_the_data_takes_its_official_figure(
    client: Client, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    """Readers and the preview see it, and beside it what the data alone gives."""
    client.force_login(editor)
    desk = f"/en/desk/conclusions/{conclusions.key}/"
    page = dense(client.get(f"{desk}participants/").text)
    offered = [code for code in organization_type_names("en") if f"participants/{code}/figure/" in page]
    assert offered == list(organization_type_names("en"))
    typed = {"figure": "19", "unit": "bodies", "note": "Diecinueve firmaron."}
    assert client.post(f"{desk}participants/state/figure/", typed).status_code == 302
    assert conclusions.participant_categories.get().official_count == 19
    told = client.get(f"{desk}preview/").context["participants"]
    assert [(row["category"], row["value"]) for row in told] == [("state", 19), ("refugee_led", 1)]
    publish_draft(conclusions, editor)
    told = client.get("/api/v1/conclusions/brasilia?ui=en").json()["participants"]
    assert [(row["category"], row["count"], row["is_official"]) for row in told] == [
        ("state", 19, True),
        ("refugee_led", 1, False),
    ]
