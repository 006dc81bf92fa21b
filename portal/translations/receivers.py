"""What the ledger tells: that words which were public may stand nowhere any more."""

from uuid import UUID

from django.dispatch import receiver
from django.utils import timezone

from portal.publication.models import Record
from portal.publication.signals import words_gone
from portal.translations import domain
from portal.translations.queries import translated_types


@receiver(words_gone, sender=Record, dispatch_uid="translations")
def follow(key: UUID, kind: str, **kwargs: object) -> None:
    if any(of.kind == kind for of in translated_types()):
        domain.words_gone(kind, key, timezone.now())
