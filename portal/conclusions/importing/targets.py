"""Finds the consultation that a file of conclusions belongs to, and the version it is written into.

The import calls it; what cannot be decided is refused in words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.folding import folded
from portal.common.languages import DEFAULT
from portal.conclusions.drafts import began
from portal.conclusions.models import Conclusions
from portal.conclusions.states import CLOSED
from portal.consultations.concept_note.dates import read_place_and_date
from portal.consultations.concept_note.sentences import sentences
from portal.consultations.page_models import ConsultationPage

# A page says "Riverside, Chile", a file often the town alone.
_TOWN = re.compile(r"[,(;]")


class Undecided(Exception):
    """The file cannot be written anywhere; `field` and the reason say why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field, self.reason = field, reason


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file by its name and the SHA-256 of its bytes, with the language of its text."""

    name: str
    digest: str
    language: str


def consultation_named(slug: str) -> UUID:
    """The consultation whose page has this slug in any language. Raises `Undecided`."""
    keys = set(ConsultationPage.objects.filter(slug=slug).values_list("translation_key", flat=True))
    if len(keys) != 1:
        reason = _("There is no consultation “%(slug)s”. Choose one of: %(slugs)s.")
        raise Undecided("consultation", reason % {"slug": slug, "slugs": ", ".join(_slugs())})
    return UUID(str(keys.pop()))


def consultation_told_by(text: str) -> UUID:
    """The consultation whose place and days the text names. Raises `Undecided`."""
    days = set(_days(text.splitlines()))
    words = _bare(text)
    places: dict[UUID, list[str]] = defaultdict(list)
    for key, place, start in ConsultationPage.objects.values_list("translation_key", "place", "starts_on"):
        if start is not None and start in days:
            places[key].append(_bare(_TOWN.split(place, maxsplit=1)[0]))
    named = [key for key, each in places.items() if any(place and place in words for place in each)]
    if len(named) == 1:
        return named[0]
    reason = _("The file's place and date name no consultation. Choose one with --consultation: %(slugs)s.")
    raise Undecided("consultation", reason % {"slugs": ", ".join(_slugs())})


def _days(lines: Iterable[str]) -> Iterator[object]:
    for line in lines:
        for sentence in (line, *sentences(line)):
            yield read_place_and_date(sentence).starts_on


def _bare(text: str) -> str:
    """Letters alone: a place is found in glued words too."""
    return "".join(filter(str.isalnum, folded(text)))


def _slugs() -> list[str]:
    """One for each consultation, the default language's where there is one."""
    rows = ConsultationPage.objects.order_by("path").values_list(
        "translation_key", "slug", "locale__language_code"
    )
    slugs: dict[UUID, str] = {}
    for key, slug, language in rows:
        if language == DEFAULT or key not in slugs:
            slugs[key] = slug
    return sorted(slugs.values())


def version_for(
    consultation_key: UUID, *, source: SourceFile, actor: Actor, now: datetime, replace: bool
) -> Conclusions:
    """The open draft, else a new one: the first version, or the next one after the public version.

    Raises `Undecided` where a draft is open that another file of this language gave its text.
    """
    versions = Conclusions.objects.select_for_update().filter(consultation_key=consultation_key)
    draft = versions.exclude(state__in=CLOSED).first()
    if draft is not None:
        _require_same_file(draft, source, replace=replace)
        return draft
    latest = versions.order_by("-number").first()
    if latest is not None and latest.sources.filter(language=source.language, digest=source.digest).exists():
        return latest
    draft = Conclusions.objects.create(
        consultation_key=consultation_key,
        number=latest.number + 1 if latest else 1,
        language=source.language,
        created_at=now,
        updated_at=now,
    )
    began(draft, actor)
    return draft


def _require_same_file(draft: Conclusions, source: SourceFile, *, replace: bool) -> None:
    if not draft.is_editable:
        reason = _("Version %(number)s is not public yet and can no longer be changed.")
        raise Undecided("file", reason % {"number": draft.number})
    known = draft.sources.filter(language=source.language).first()
    if known is not None and known.digest != source.digest and not replace:
        reason = _(
            "The open draft, version %(number)s, was read from the file “%(name)s”. Publish it first, or use"
            " --replace to read this file into it."
        )
        raise Undecided("file", reason % {"number": draft.number, "name": known.file_name})
