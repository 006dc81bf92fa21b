"""What a proposal changes, line by line, for the page on which it is decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES
from portal.taxonomy.content import Content


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of a concept: what goes, what comes, what stays. `language` is empty for keys."""

    label: str
    language: str
    removed: tuple[str, ...]
    added: tuple[str, ...]
    kept: tuple[str, ...] = ()


def differences(old: Content | None, new: Content | None) -> list[Difference]:
    """The parts in which they differ; without an old or a new one, everything comes or goes."""
    before, after = _parts(old), _parts(new)
    names = dict.fromkeys([*before, *after])
    return [
        difference
        for name in sorted(names, key=_place)
        if (difference := _difference(name, before.get(name, ()), after.get(name, ()))).removed
        or difference.added
    ]


def _parts(content: Content | None) -> dict[tuple[str, str], tuple[str, ...]]:
    return dict(_named(content)) if content else {}


def _named(content: Content) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    for code in CODES:
        if preferred := content.preferred(code):
            yield ("preferred", code), (preferred,)
        yield ("variants", code), content.variants(code)
        if note := content.notes.get(code):
            yield ("note", code), (note,)
    yield ("broader", ""), content.broader


def _place(name: tuple[str, str]) -> tuple[int, int]:
    part, code = name
    order = ("preferred", "variants", "note", "broader")
    return (CODES.index(code) if code else len(CODES), order.index(part))


def _difference(name: tuple[str, str], old: tuple[str, ...], new: tuple[str, ...]) -> Difference:
    part, code = name
    return Difference(
        label=_label(part, LANGUAGE_NAMES.get(code, "")),
        language=code,
        removed=tuple(text for text in old if text not in new),
        added=tuple(text for text in new if text not in old),
        kept=tuple(text for text in old if text in new),
    )


def _label(part: str, language: Any) -> str:
    labels = {
        "preferred": _("%(language)s: preferred term"),
        "variants": _("%(language)s: variants"),
        "note": _("%(language)s: note"),
        "broader": _("Broader concepts"),
    }
    return labels[part] % {"language": language}
