"""What the search holds of a document, asked by a signal: whoever knows stands above the library."""

from dataclasses import dataclass
from typing import Any

from portal.library.models import LibraryDocument
from portal.library.signals import holding_asked


@dataclass(frozen=True, slots=True)
class Held:
    """`passages` can be met in the search; `is_current`: as the document is now. None: nobody knows."""

    passages: int
    is_current: bool


def held_by_search(document: LibraryDocument) -> Held | None:
    """None where the search cannot be asked now."""
    # Receivers tell anything, as far as types know.
    told: Any = holding_asked.send(sender=LibraryDocument, key=document.public_id)
    return next((held for _receiver, held in told if isinstance(held, Held)), None)
