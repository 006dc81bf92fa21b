"""A translation stands beside a public text, or goes: verbs. Who asks has been asked for the right before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.digests import digest_of
from portal.common.errors import WrongState
from portal.publication.domain import tell
from portal.publication.enums import RecordState, TranslationKind
from portal.publication.kinds import WITHHELD, ledger_kind
from portal.publication.models import Record, RecordTranslation

Texts = dict[str, str | list[str]]
NONE_OF_WITHHELD = _("The name of its organization is withheld, so nothing stands beside this text.")
CHANGED = _("The original has changed since this was translated. Look at it again beside the original.")


@dataclass(frozen=True, slots=True)
class Beside:
    """`original` is `original_digest` of the text that was translated."""

    language: str
    kind: TranslationKind
    made_by: str
    source: str
    title: str
    texts: Texts
    original: str


def original_digest(record: Record) -> str:
    """Names the words of an original, in hexadecimal: another one, other words."""
    return digest_of({"language": record.language, "title": record.title, "texts": record.texts})


@transaction.atomic
def stand_beside(kind: str, source_key: UUID, given: Beside, *, actor: Actor, now: datetime) -> Record:
    """In place of any other in its language; of the version that is public now.

    Raises `WrongState` where nothing is public, the name of the author is withheld, or the original is
    another than the one that was translated; `NotAllowListed` for a text that the kind does not declare.
    """
    record = _locked(kind, source_key)
    ledger_kind(kind).check(given.texts, (), ())
    if record.facts.get(WITHHELD):
        raise WrongState(NONE_OF_WITHHELD)
    if given.original != original_digest(record) or given.language == record.language:
        raise WrongState(CHANGED)
    RecordTranslation.objects.update_or_create(
        record=record,
        language=given.language,
        defaults={
            "of_version": record.version,
            "kind": given.kind.value,
            "made_by": given.made_by,
            "source": given.source,
            "title": given.title,
            "texts": given.texts,
        },
    )
    _note("translated", record, given.language, actor, now)
    return record


@transaction.atomic
def go_from_beside(kind: str, source_key: UUID, language: str, *, actor: Actor, now: datetime) -> Record:
    """Raises `WrongState` where there is no translation any more."""
    record = _locked(kind, source_key)
    gone, _by_model = record.translations.filter(language=language).delete()
    if not gone:
        raise WrongState(_("There is no translation into this language any more."))
    _note("translation_removed", record, language, actor, now)
    return record


def _locked(kind: str, source_key: UUID) -> Record:
    record = Record.objects.select_for_update().filter(kind=kind, source_key=source_key).first()
    if record is None or record.state != RecordState.PUBLISHED:
        raise WrongState(_("Nothing of it is public."))
    return record


def _note(action: str, record: Record, language: str, actor: Actor, now: datetime) -> None:
    Record.objects.filter(pk=record.pk).update(updated_at=now)
    details: dict[str, object] = {"language": language}
    events.record(action, kind="record", key=record.public_id, actor=actor, now=now, details=details)
    tell(record)
