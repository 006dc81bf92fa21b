"""Typed readers of environment variables; the only module that reads `os.environ`.

Each reader takes the variable's name and a default of the right type. A variable that is
set but cannot be read as its type stops start-up with its name in the message.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def required(name: str) -> str:
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} must be set.")
    return value


def boolean(name: str, default: bool = False) -> bool:
    value = text(name, str(default)).lower()
    if value not in _TRUE | _FALSE:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value in _TRUE


def refuse(name: str) -> None:
    """Stops start-up where a switch is on that this place of use must not have."""
    if boolean(name):
        raise ImproperlyConfigured(f"{name} must not be on here.")


def integer(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    return Path(text(name, str(default)))


def nodes(name: str) -> str:
    """Comma-separated `http[s]://[user:password@]host[:port]`, checked; the text is what the client takes."""
    for address in words(name):
        try:
            url = urlsplit(address)
            is_address = url.scheme in {"http", "https"} and bool(url.hostname) and url.port != 0
        except ValueError:
            is_address = False
        if not is_address:
            # The value may hold a password, so it is not shown.
            raise ImproperlyConfigured(f"{name} must be http:// or https:// addresses, comma-separated.")
    return text(name)


def database(name: str, default: str) -> dict[str, Any]:  # Any: Django's own shape for DATABASES
    """`sqlite:///path` or `postgres://user:password@host:port/name?option=value` as a DATABASES entry."""
    url = urlsplit(text(name, default))
    if url.scheme == "sqlite":
        return _sqlite(url.netloc + url.path.removeprefix("/") if url.netloc else url.path[1:])
    if url.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            "OPTIONS": dict(parse_qsl(url.query)),
            # A connection kept over a restart of the server must be tested before use.
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(f"{name} must start with sqlite:/// or postgres://, not {url.scheme!r}.")


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            # Seconds that a writer waits for another. Imports write in short turns, so longer means that
            # something is wrong: the person gets a page that holds the text, and the worker's thread is free.
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        # Opening the file and reading its tables anew took a tenth of the time of a page.
        "CONN_MAX_AGE": 60,
    }


def cache(name: str, default: str) -> dict[str, Any]:
    """`locmem://`, `database://table` or `redis://...` as a CACHES entry."""
    value = text(name, default)
    url = urlsplit(value)
    if url.scheme == "locmem":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": url.netloc}
    if url.scheme == "database":
        return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": url.netloc or "cache"}
    if url.scheme in {"redis", "rediss"}:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value}
    raise ImproperlyConfigured(f"{name} must start with locmem://, database:// or redis://.")


def email(name: str, default: str) -> dict[str, Any]:
    """`console://`, `memory://`, `file:///folder` or `smtp[s]://user:password@host:port` as settings.

    `MAIL_DELIVERY` is the backend through which the worker sends.
    """
    url = urlsplit(text(name, default))
    backend = "django.core.mail.backends.{}.EmailBackend"
    if url.scheme == "console":
        return {"MAIL_DELIVERY": backend.format("console")}
    if url.scheme == "memory":
        return {"MAIL_DELIVERY": backend.format("locmem")}
    if url.scheme == "file":
        return {"MAIL_DELIVERY": backend.format("filebased"), "EMAIL_FILE_PATH": url.path}
    if url.scheme in {"smtp", "smtps"}:
        return {
            "MAIL_DELIVERY": backend.format("smtp"),
            "EMAIL_HOST": url.hostname or "localhost",
            "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 25),
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_SSL": url.scheme == "smtps",
            "EMAIL_TIMEOUT": 10,
        }
    raise ImproperlyConfigured(f"{name} must start with console://, memory://, file:// or smtp://.")
