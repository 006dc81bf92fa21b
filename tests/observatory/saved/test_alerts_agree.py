"""Random searches and events: what mails tell is what the search page finds, each match once."""

import sys

import pytest
from django.utils import timezone

from bench.alerts import Play
from portal.observatory.saved import alerts, digests
from portal.observatory.saved.models import Unevaluated
from search.engines.base import Engine
from tests.factories import make_user


@pytest.mark.long
def test_each_match_is_told_exactly_once(index: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "MOST_LISTED", sys.maxsize)
    play = Play(seed=5, rare=0)
    play.run([make_user(language="en"), make_user(language="pt")], searches=30, events=50, batch=16)
    assert (play.kills > 0, play.replays > 0, play.mails > 0) == (True, True, True)
    told = play.verdict()
    assert told["expected"] > 20
    assert told == {
        "told": told["expected"],
        "expected": told["expected"],
        "duplicates": 0,
        "missing": 0,
        "too much": 0,
    }
    assert Unevaluated.objects.count() == 0
    assert alerts.evaluate_again(now=timezone.now()) == 0
