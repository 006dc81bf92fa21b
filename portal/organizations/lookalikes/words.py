"""What two organizations have in common, in words."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from portal.organizations.lookalikes.comparing import Signal

WORDS: Mapping[Signal, object] = {
    Signal.SAME_NAME: _("the same name"),
    Signal.ALIKE_NAME: _("a name much like it"),
    Signal.SAME_SITE: _("the same website"),
    Signal.SAME_ACRONYM: _("the same short name"),
    Signal.INITIALS: _("initials that are the short name of the other"),
    Signal.ALIKE_ACRONYM: _("short names one letter apart"),
}


def in_words(signals: Iterable[Signal]) -> str:
    return ", ".join(str(WORDS[signal]) for signal in signals)
