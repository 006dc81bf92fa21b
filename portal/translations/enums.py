"""What is asked of a translation, where that stands, and as what it is entered."""

from datetime import timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.publication.enums import TranslationKind, TranslationMaker

# So long who wrote what was returned or taken back can begin with its words again.
RETURNED_FOR = timedelta(days=365)


class Wants(StrEnum):
    PUBLISH = "publish"
    TAKE_OFF = "take_off"


class RequestState(StrEnum):
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    RETURNED = "returned"
    TAKEN_OFF = "taken_off"
    KEPT = "kept"
    TAKEN_BACK = "taken_back"
    # Its text is public no more, or passages of it are left out: so the words are gone.
    GONE = "gone"


# Its words are kept for who wrote it.
CAME_BACK = (RequestState.RETURNED, RequestState.TAKEN_BACK)


class EnteredAs(TextChoices):
    """As what it is entered: the first by who speaks for the organization alone, all others by the staff; the
    last is a draft that one person can make public.
    """

    ORGANIZATION = "organization", _("Official: of the organization itself")
    FOR_ORGANIZATION = "for_organization", _("Official: entered by the secretariat for the organization")
    SECRETARIAT = "secretariat", _("Official: of the secretariat")
    SERVICE = "service", _("Official: of a translation service of the process")
    MACHINE = "machine", _("Draft of a machine, which nobody has checked")

    @property
    def nature(self) -> TranslationKind:
        return TranslationKind.MACHINE if self == EnteredAs.MACHINE else TranslationKind.OFFICIAL

    @property
    def maker(self) -> TranslationMaker:
        """Who answers for it."""
        is_draft = self == EnteredAs.MACHINE
        return TranslationMaker.SECRETARIAT if is_draft else TranslationMaker(self.value)
