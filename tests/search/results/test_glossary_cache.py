"""The glossary in searches: a decision is used at once, in every process."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.glossary import domain, queries
from portal.taxonomy.content import Content
from portal.taxonomy.models import Concept
from search.engines.base import Engine
from search.index.drain import drain
from search.results import glossary_cache as live
from tests.factories import make_user

NOW = timezone.now()


def with_variant(language: str, text: str) -> tuple[Concept, Content]:
    concept = Concept.objects.get(key="statelessness")
    content = queries.concept_content(concept)
    terms = {**content.terms, language: (*content.terms[language], text)}
    return concept, replace(content, terms=terms)


def propose_variant(user: User, language: str, text: str) -> Any:
    concept, content = with_variant(language, text)
    return domain.propose_change(concept, content, revision=concept.revision, actor=person(user), now=NOW)


def titles(client: Client, words: str) -> set[str]:
    response = client.get("/api/v1/search", {"q": words, "ui": "es"})
    return {result["title"] for result in response.json()["results"]}


def test_a_search_finds_by_a_new_variant_right_after_it_is_accepted(
    index: Engine, library_document: Any, editor: User, client: Client
) -> None:
    library_document("La apatridia se reduce con registros.", title="Registros")
    drain(index)
    proposal = propose_variant(editor, "es", "sinpatria")
    assert titles(client, "sinpatria") == set()
    domain.accept_proposal(proposal, actor=person(make_user(Group.EDITOR)), now=NOW)
    assert titles(client, "sinpatria") == {"Registros"}


def test_a_search_does_not_use_a_concept_that_was_removed(
    index: Engine, library_document: Any, editor: User, client: Client
) -> None:
    library_document("La apatridia se reduce con registros.", title="Registros")
    drain(index)
    assert titles(client, "statelessness") == {"Registros"}
    removal = domain.propose_removal(
        Concept.objects.get(key="statelessness"), revision=1, comment="R", actor=person(editor), now=NOW
    )
    domain.accept_proposal(removal, actor=person(make_user(Group.EDITOR)), now=NOW)
    assert titles(client, "statelessness") == set()


@pytest.mark.django_db(transaction=True)
def test_what_another_process_read_before_the_commit_is_forgotten_with_it() -> None:
    concept = Concept.objects.create(key="between")
    before = live.glossary()
    with transaction.atomic():
        concept.revision = 2
        concept.save()
        cache.set(live.STAMP, "read by another process before the commit", live.SECONDS)
    assert cache.get(live.STAMP) is None
    assert live.glossary() is not before
    concept.delete()


def test_a_cache_that_is_away_undoes_no_change(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise ConnectionError("nobody there")

    monkeypatch.setattr(LocMemCache, "delete", away)
    assert Concept.objects.create(key="kept").pk is not None
    assert "could not be deleted" in caplog.text
