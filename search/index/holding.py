"""What the index holds of a document of the library, for the room of the library that asks by a signal."""

from portal.library.searched import Held
from portal.library.signals import holding_asked
from search.engines import selection
from search.engines.base import EngineUnavailable
from search.index.builders import build
from search.index.outbox import Subject
from search.models import Source


def connect() -> None:
    """Called once when the app is ready."""
    holding_asked.connect(held, dispatch_uid="search")


def held(key: str, **kwargs: object) -> Held | None:
    """Its passages as far as the index has them as they are now; None where the engine cannot answer."""
    documents = build(Subject(Source.DOCUMENT, key), 0).documents
    wanted = {document.id: document for document in documents}
    try:
        stored = {id_: row for id_, row in selection.engine().inventory() if id_.startswith(f"{key}/")}
    except EngineUnavailable:
        return None
    current = [
        document
        for id_, document in wanted.items()
        if id_ in stored and stored[id_].fingerprint == document.fingerprint
    ]
    passages = sum(len(document.readable_passages()) for document in current)
    return Held(passages, len(current) == len(wanted) == len(stored))
