"""Who may do what with a dossier: the people it belongs to and was shared with, and nobody by office."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import User
from portal.common.actors import Actor, person, system
from portal.observatory.dossiers import rules
from portal.observatory.dossiers.models import Dossier
from portal.observatory.dossiers.queries import editable_by, listed, visible_to

# rule -> those who may; an actor not named never may.
TABLE = {
    "can_view": {"owner", "editor-member", "reader-member"},
    "can_export": {"owner", "editor-member", "reader-member"},
    "can_edit": {"owner", "editor-member"},
    "can_comment": {"owner", "editor-member"},
    "can_share": {"owner"},
    "can_delete": {"owner"},
    "can_leave": {"editor-member", "reader-member"},
}
STARTERS = {
    "owner",
    "editor-member",
    "reader-member",
    "other",
    "moderator",
    "editor",
    "commissioner",
    "administrator",
}


@pytest.fixture
def actors(
    owner: User,
    writer: User,
    reader: User,
    unconfirmed: User,
    outsider: User,
    moderator: User,
    editor: User,
    commissioner: User,
    administrator: User,
) -> dict[str, Actor]:
    people: dict[str, Any] = {
        "owner": owner,
        "editor-member": writer,
        "reader-member": reader,
        "invited-unconfirmed": unconfirmed,
        "other": outsider,
        "moderator": moderator,
        "editor": editor,
        "commissioner": commissioner,
        "administrator": administrator,
        "visitor": AnonymousUser(),
    }
    return {name: person(user) for name, user in people.items()} | {"system": system("tests")}


@pytest.mark.parametrize("rule", TABLE)
def test_rules_by_actor(rule: str, actors: dict[str, Actor], shared: Dossier) -> None:
    answers = {name: getattr(rules, rule)(actor, shared) for name, actor in actors.items()}
    assert answers == {name: name in TABLE[rule] for name in actors}


@pytest.mark.few(3)
@pytest.mark.parametrize("rule", TABLE)
def test_rules_agree_when_the_row_knows_the_role(
    rule: str, actors: dict[str, Actor], shared: Dossier
) -> None:
    for name, actor in actors.items():
        rows = [row for row in visible_to(actor) if row.pk == shared.pk]
        assert (name, [getattr(rules, rule)(actor, row) for row in rows]) == (
            name,
            [name in TABLE[rule]] * (name in TABLE["can_view"]),
        )


def test_reads_agree_with_the_rules(actors: dict[str, Actor], shared: Dossier) -> None:
    seen = {name for name, actor in actors.items() if visible_to(actor).exists()}
    in_list = {name for name, actor in actors.items() if listed(actor).exists()}
    edited = {name for name, actor in actors.items() if editable_by(actor).exists()}
    assert (seen, in_list, edited) == (TABLE["can_view"], TABLE["can_view"], TABLE["can_edit"])


def test_anybody_with_a_confirmed_address_may_start(actors: dict[str, Actor]) -> None:
    assert {name for name, actor in actors.items() if rules.can_start(actor)} == STARTERS


def test_a_row_that_knows_another_persons_role_is_asked_anew(
    actors: dict[str, Actor], shared: Dossier
) -> None:
    row = visible_to(actors["owner"]).get()
    assert [rules.can_delete(actors[name], row) for name in ("owner", "other")] == [True, False]
