"""Words for `alike_pledges`: each topic, phrase and name as people write it in three languages.

`alike_words.json` holds them. A topic has two titles and two ways to tell what is done in each language; they
were written one by one and say the same, not word by word. `{n}` is counted, `{town}` is where.
"""

import json
from pathlib import Path
from typing import Any

_WORDS: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
TOPICS: dict[str, dict[str, dict[str, list[str]]]] = _WORDS["topics"]
# What most pledges say besides; it tells nothing.
PHRASES: list[dict[str, str]] = _WORDS["phrases"]
MONEY: dict[str, str] = _WORDS["money"]
SECOND_PHASE: dict[str, str] = _WORDS["second_phase"]
TOWNS: dict[str, list[str]] = _WORDS["towns"]
# Code, and how many of it a dollar is worth.
CURRENCY: dict[str, tuple[str, int]] = _WORDS["currency"]
# Bodies of states are called in three languages, others have one name wherever they are.
BODIES: list[dict[str, str]] = _WORDS["bodies"]
OTHERS: list[str] = _WORDS["others"]
