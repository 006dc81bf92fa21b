"""The page for operators of a cluster says what the code does."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from search.engines import elastic, elastic_connection, fallback
from search.engines.elastic_schema import index_settings
from search.engines.elastic_writer import door

PAGE = re.sub(r"\s+", " ", (Path(settings.BASE_DIR) / "docs" / "search-cluster.md").read_text())
INDEX = index_settings(1)


@pytest.mark.parametrize(
    "fact",
    [
        f"alias `...{door('')}` of their generation",
        f"after `{INDEX['unassigned.node_left.delayed_timeout']}` (`unassigned.node_left.delayed_timeout`)",
        f"`refresh_interval` is `{INDEX['refresh_interval']}`",
        f"waits {elastic_connection.READ_SECONDS / 2:g} s, then another node answers",
        f"one reader waits at most {elastic_connection.READ_SECONDS:g} s in all",
        f"wait at most {elastic_connection.WRITE_SECONDS:g} s, then try again",
        f"left alone for {fallback.REST_SECONDS:g} s, then one reader tries it",
        f"up to {fallback.LONGEST_REST:g} s.",
        f"a snapshot that lasts {elastic.SNAPSHOT_LASTS.removesuffix('m')} minutes",
    ],
)
def test_the_page_states_what_is_so(fact: str) -> None:
    assert fact in PAGE


def test_there_is_one_primary_shard_as_the_page_says() -> None:
    assert (INDEX["number_of_shards"], "**One primary shard**" in PAGE) == (1, True)


def test_every_setting_of_the_connection_is_on_the_page() -> None:
    named = {name for name in dir(settings) if name.startswith("SEARCH_")}
    assert {name for name in named if f"| `{name}` |" not in PAGE} == set()
