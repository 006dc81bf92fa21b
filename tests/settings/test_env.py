"""Typed readers of the environment."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings import env


def test_required_names_the_missing_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY must be set"):
        env.required("SECRET_KEY")


@pytest.mark.parametrize(("value", "read"), [("1", True), ("true", True), ("off", False), ("", False)])
def test_boolean_reads_words(monkeypatch: pytest.MonkeyPatch, value: str, read: bool) -> None:
    monkeypatch.setenv("X", value)
    assert env.boolean("X", default=True) is read


@pytest.mark.parametrize(("reader", "value"), [(env.boolean, "perhaps"), (env.integer, "many")])
def test_readers_refuse_what_is_not_of_their_type(
    monkeypatch: pytest.MonkeyPatch, reader: type, value: str
) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(ImproperlyConfigured, match="X must be"):
        reader("X", 0)


@pytest.mark.parametrize("reader", [env.database, env.cache, env.email])
def test_address_readers_refuse_unknown_schemes(monkeypatch: pytest.MonkeyPatch, reader: type) -> None:
    monkeypatch.setenv("X", "gopher://somewhere")
    with pytest.raises(ImproperlyConfigured, match="X must start with"):
        reader("X", "")


def test_database_reads_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "postgres://me:se%40cret@db.example:5433/portal?sslmode=require")
    read = env.database("X", "")
    assert {key: read[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "portal",
        "USER": "me",
        "PASSWORD": "se@cret",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }
    assert (read["CONN_MAX_AGE"], read["CONN_HEALTH_CHECKS"]) == (60, True)


@pytest.mark.parametrize(
    ("address", "path"), [("sqlite:////var/lib/portal.db", "/var/lib/portal.db"), ("sqlite:///x.db", "x.db")]
)
def test_database_reads_sqlite(monkeypatch: pytest.MonkeyPatch, address: str, path: str) -> None:
    monkeypatch.setenv("X", address)
    read = env.database("X", "")
    assert (read["NAME"], read["CONN_MAX_AGE"]) == (path, 60)


def test_email_reads_smtp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "smtps://me:pw@mail.example")
    read = env.email("X", "")
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"], read["EMAIL_USE_SSL"]) == ("mail.example", 465, True)


@pytest.mark.parametrize("value", ["", "http://one:9200", "https://me:se%40cret@one:9200, https://two"])
def test_nodes_reads_addresses(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("X", value)
    assert env.nodes("X") == value


@pytest.mark.parametrize(
    "value", ["one:9200", "ftp://one", "https://", "http://one:port", "https://me:secret@"]
)
def test_nodes_refuses_what_is_no_address_without_showing_it(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(ImproperlyConfigured) as caught:
        env.nodes("X")
    assert str(caught.value) == "X must be http:// or https:// addresses, comma-separated."
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
