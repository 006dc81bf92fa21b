"""The connection to an Elasticsearch cluster and its errors; for the `search.engines.elastic` modules only.

Secrets are taken out of the address at once and live in the client's headers alone: no node's address,
error or log line can hold them. Certificates are always verified.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from elastic_transport import ConnectionTimeout, TransportError
from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError

from search.engines.base import EngineUnavailable, NoIndex, Refused

# What a reader waits for at most, in all; with several nodes a second one is asked after half of it.
READ_SECONDS, WRITE_SECONDS = 3.0, 60.0
_PORT = 9200

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the cluster is and who we are there."""

    nodes: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    ca: str = ""


def address_of(url: str, api_key: str = "", ca: str = "") -> Address:
    """From comma-separated addresses of nodes; one user and password hold for all of them."""
    parts = [urlsplit(node.strip()) for node in url.split(",") if node.strip()]
    if not parts or any(part.scheme not in {"http", "https"} or not part.hostname for part in parts):
        raise ValueError("a node's address is http://host:port or https://host:port")
    secrets = [(part.username, part.password or "") for part in parts if part.username]
    user, password = secrets[0] if secrets and not api_key else ("", "")
    return Address(
        nodes=tuple(
            f"{part.scheme}://{part.netloc.rpartition('@')[2]}{'' if part.port else f':{_PORT}'}{part.path}"
            for part in parts
        ),
        user=unquote(user or ""),
        password=unquote(password),
        api_key=api_key,
        ca=ca,
    )


def client_of(address: Address) -> Elasticsearch:
    """A client that asks another node when one is away. Raises `EngineUnavailable` for a useless CA."""
    options: dict[str, Any] = {}
    if address.api_key:
        options["api_key"] = address.api_key
    elif address.user:
        options["basic_auth"] = (address.user, address.password)
    if address.ca:
        options["ca_certs"] = address.ca
    try:
        return Elasticsearch(
            list(address.nodes), max_retries=len(address.nodes) - 1, retry_on_timeout=False, **options
        )
    except (OSError, ValueError) as error:
        raise EngineUnavailable(f"SEARCH_CA or SEARCH_URL cannot be used: {type(error).__name__}") from None


def in_time(nodes: int, ask: Callable[[float], Answer]) -> Answer:
    """The answer to `ask(seconds)`; a node that does not answer costs half of the time, not all of it."""
    if nodes == 1:
        return ask(READ_SECONDS)
    try:
        return ask(READ_SECONDS / 2)
    except ConnectionTimeout:
        return ask(READ_SECONDS / 2)


@contextmanager
def translated() -> Iterator[None]:
    """Whatever goes wrong with the server, callers see one kind of error."""
    try:
        yield
    except NotFoundError as error:
        raise NoIndex(reason_of(error)) from error
    except BadRequestError as error:
        raise Refused(reason_of(error)) from error
    except (ApiError, TransportError) as error:
        raise EngineUnavailable(reason_of(error)) from error


def is_gone(error: EngineUnavailable) -> bool:
    """Whether a snapshot is no more: unknown to the server, or lost with the node that held it.

    A point in time lives on one copy of a shard. When its node dies, all shards of the point in time fail,
    though the other copies answer every other search.
    """
    cause = error.__cause__
    if isinstance(error, NoIndex | Refused):
        return True
    return isinstance(cause, ApiError) and cause.message == "search_phase_execution_exception"


def reason_of(error: ApiError | TransportError) -> str:
    """One line for an operator; of a page that some proxy answered with, only the status."""
    if isinstance(error, ApiError) and not isinstance(error.body, Mapping):
        return f"status {error.meta.status} without an answer of Elasticsearch"
    return f"{type(error).__name__}: {error}"[:300]
