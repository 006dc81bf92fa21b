"""Reads of translations for the desk: of which texts there are some, which lack one, what waits (private)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.common.actors import Actor
from portal.common.ids import parse_public_id
from portal.common.languages import CODES
from portal.organizations.queries import organization_ids, with_role
from portal.publication.enums import RecordState
from portal.publication.kinds import WITHHELD, ledger_kind
from portal.publication.models import Record, RecordTranslation
from portal.submissions.cuts import TITLE
from portal.submissions.models import Submission
from portal.submissions.types import SubmissionType, submission_type, submission_types
from portal.translations.enums import RequestState, Wants
from portal.translations.models import TranslationRequest


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a public text: `item` counts those of a text that is a list. `label` is for the reader."""

    name: str
    label: str
    words: str
    item: int | None = None

    @property
    def field(self) -> str:
        """What it is called in a form."""
        return self.name if self.item is None else f"{self.name}-{self.item}"


def translated_types() -> list[SubmissionType]:
    """The kinds that say that translations stand beside them."""
    return [of for of in submission_types() if of.is_translated]


def text_with_role(kind: str, key: UUID, actor: Actor) -> tuple[SubmissionType, Submission]:
    """Raises `LookupError` for a kind without translations, `ObjectDoesNotExist`. One query."""
    of = submission_type(kind)
    if not of.is_translated:
        raise LookupError(kind)
    rows = of.model._default_manager.select_related("organization")
    return of, with_role(rows, actor).get(key=key)


def text_of(row: TranslationRequest) -> tuple[SubmissionType, Any]:
    """The text that a request is about, with its type. One query."""
    of = submission_type(row.kind)
    return of, of.model._default_manager.select_related("organization").get(key=row.submission_key)


def record_of(kind: str, key: UUID) -> Record | None:
    """What is public of it, with its translations. Two queries."""
    rows = Record.objects.filter(kind=kind, source_key=key, state=RecordState.PUBLISHED)
    return rows.select_related("organization").prefetch_related("translations").first()


def parts_of(of: SubmissionType, record: Record) -> list[Part]:
    """What of a public text is to be translated, in the order it is read."""
    labels = {field.name: str(field.label) for field in of.fields}
    parts = [Part(TITLE, labels.get(TITLE, TITLE), record.title)]
    for name in ledger_kind(of.kind).texts:
        words, label = record.texts.get(name), labels.get(name, name)
        if isinstance(words, list):
            parts += [Part(name, f"{label} {n + 1}", text, n) for n, text in enumerate(words)]
        elif words:
            parts.append(Part(name, label, words))
    return parts


def waiting(kind: str, key: UUID) -> list[TranslationRequest]:
    """What waits for the secretariat about one text. One query."""
    return list(
        TranslationRequest.objects.filter(kind=kind, submission_key=key, state=RequestState.SUBMITTED)
    )


def keys_of_requests(kind: str, key: UUID) -> set[UUID]:
    """Of everything that was ever asked about the translations of a text. One query."""
    rows = TranslationRequest.objects.filter(kind=kind, submission_key=key)
    return set(rows.values_list("key", flat=True))


def newest(kind: str, key: UUID) -> dict[tuple[str, str], TranslationRequest]:
    """The last request by language and what it wants. One query."""
    rows = TranslationRequest.objects.filter(kind=kind, submission_key=key).order_by("submitted_at", "pk")
    return {(row.into, row.wants): row for row in rows}


def waiting_of(records: Collection[Record]) -> dict[UUID, set[str]]:
    """Languages into which translations of these wait, by key. One query."""
    rows = TranslationRequest.objects.filter(
        submission_key__in=[row.source_key for row in records],
        state=RequestState.SUBMITTED,
        wants=Wants.PUBLISH,
    )
    waits: dict[UUID, set[str]] = {}
    for key, into in rows.values_list("submission_key", "into"):
        waits.setdefault(key, set()).add(into)
    return waits


def requests(actor: Actor, asked: Mapping[str, Any]) -> QuerySet[TranslationRequest]:
    """What was ever asked, the newest first, of texts that somebody of the staff may translate; `asked`
    narrows it: `q` (number, or part of title or organization), `state`, `into`, `mine`.
    """
    rows = TranslationRequest.objects.exclude(pk__in=closed_to(actor)).select_related(
        "author", "organization"
    )
    if words := asked.get("q"):
        numbered = Record.objects.filter(pk=_number_in(words)).values("source_key")
        # Whose a text is may not be said any more of what went with its words.
        named = Q(organization__name__icontains=words) & ~Q(state=RequestState.GONE)
        called = Q(title__icontains=words) | named
        rows = rows.filter(called | Q(submission_key__in=numbered))
    if "mine" in asked:
        rows = rows.filter(author_id=actor.user_id)
    same = {name: asked[name] for name in ("state", "into") if name in asked}
    return rows.filter(**same).order_by("-submitted_at", "-pk")


def returned_to(actor: Actor) -> list[TranslationRequest]:
    """What somebody wrote and has back, unless something newer is asked in its place. One query."""
    newer = TranslationRequest.objects.filter(
        kind=OuterRef("kind"),
        submission_key=OuterRef("submission_key"),
        into=OuterRef("into"),
        wants=Wants.PUBLISH,
        submitted_at__gt=OuterRef("submitted_at"),
    )
    rows = TranslationRequest.objects.filter(author=actor.user_id, state=RequestState.RETURNED)
    return list(rows.exclude(texts={}).filter(~Exists(newer)).order_by("decided_at", "pk"))


def _number_in(words: str) -> int:
    """Of the record with this public number; 0, which none has, for other words."""
    parsed = parse_public_id(words)
    return parsed[1] if parsed else 0


def beside_which() -> QuerySet[Record]:
    """Public texts of organizations beside which translations stand; none whose author's name is withheld."""
    kinds = [
        Q(kind=of.kind, source_key__in=of.model._default_manager.values("key")) for of in translated_types()
    ]
    rows = Record.objects.filter(reduce(or_, kinds, Q(pk=None)), state=RecordState.PUBLISHED)
    return rows.filter(**{f"facts__{WITHHELD}__isnull": True})


def stale(actor: Actor) -> QuerySet[Record]:
    """Of those, the ones whose original has changed since one of its translations was made.

    None of the person's own organizations.
    """
    return _of_others(actor).filter(Exists(_stale())).order_by("updated_at", "pk")


def lacking(actor: Actor, language: str = "", words: str = "") -> QuerySet[Record]:
    """What lacks a translation, or has one of an earlier version, those first; into one language or any.

    `words`: its number, or part of its title or of the name of its organization.

    None of the person's own organizations.
    """
    rows = _of_others(actor)
    if words:
        called = Q(title__icontains=words) | Q(organization__title__icontains=words)
        rows = rows.filter(called | Q(pk=_number_in(words)))
    if language:
        rows = rows.exclude(language=language).filter(~Exists(_current(language=language)))
    else:
        number = _current().order_by().values("record").annotate(number=Count("pk")).values("number")
        rows = rows.annotate(current=Coalesce(Subquery(number), 0)).filter(current__lt=len(CODES) - 1)
    return rows.order_by(Exists(_stale()).desc(), "-published_at", "-pk").select_related("organization")


def closed_to(actor: Actor) -> QuerySet[TranslationRequest]:
    """What is asked about texts of the person's own organizations."""
    return TranslationRequest.objects.filter(organization__in=organization_ids(actor))


def _of_others(actor: Actor) -> QuerySet[Record]:
    rows = beside_which()
    for of in translated_types():
        own = of.model._default_manager.filter(organization__in=organization_ids(actor))
        rows = rows.exclude(kind=of.kind, source_key__in=own.values("key"))
    return rows


def _current(**narrowed: str) -> QuerySet[RecordTranslation]:
    """Translations of the version that is public, into another language than it is written in."""
    rows = RecordTranslation.objects.filter(record=OuterRef("pk"), of_version=OuterRef("version"), **narrowed)
    return rows.exclude(language=OuterRef("language"))


def _stale() -> QuerySet[RecordTranslation]:
    return RecordTranslation.objects.filter(~Q(of_version=OuterRef("version")), record=OuterRef("pk"))


def texts_in(parts: Sequence[Part], written: dict[str, str]) -> tuple[str, dict[str, str | list[str]]]:
    """Title and texts in the shape of a record, from words by the fields of the parts."""
    texts: dict[str, str | list[str]] = {}
    for part in parts:
        said = written[part.field]
        if part.item is None:
            texts[part.name] = said
        else:
            items = texts.setdefault(part.name, [])
            assert isinstance(items, list)  # noqa: S101  # reason: a text is a list or not
            items.append(said)
    return str(texts.pop(TITLE)), texts


def written_in(parts: Sequence[Part], title: str, texts: dict[str, Any]) -> dict[str, str]:
    """The same the other way round; a part that a translation has not is empty."""
    said = {TITLE: title, **texts}
    return {part.field: _piece(said.get(part.name, ""), part.item) for part in parts}


def _piece(said: Any, item: int | None) -> str:
    if item is None:
        return said if isinstance(said, str) else ""
    return said[item] if isinstance(said, list) and item < len(said) else ""
