"""HTML as a reader has it: how its source is broken into lines makes no difference."""

import re
from typing import Any


def dense(html: str) -> str:
    """Single spaces, and none between tags or at the edges of an element."""
    html = re.sub(r"\s+", " ", html)
    html = re.sub(r"> <", "><", html)
    html = re.sub(r"(<[a-z][^>]*>) ", r"\1", html)
    return re.sub(r" (</|>)", r"\1", html)


def voices_of(context: Any) -> list[dict[str, Any]]:
    """What each voice says on the page of a pledge."""
    return next(block["context"]["voices"] for block in context["blocks"] if "voices" in block["context"])
