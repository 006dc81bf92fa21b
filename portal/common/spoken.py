"""Languages that people speak and organizations work in, beyond those of the portal; named by CLDR."""

from django.utils.functional import lazy
from django.utils.translation import pgettext

from portal.common.formatting import reader_locale

SIGNED = "sgn"
# Each has a name in all four languages.
_CODES = ("es", "en", "pt", "fr", "ht", "nl", "qu", "ay", "gn", "arn", "quc", "zap", "pap", "srn")
_OTHERS = ("ar", "de", "it", "ru", "uk", "zh")


def _name(code: str) -> str:
    if code == SIGNED:
        return pgettext("language", "Sign languages")
    name = reader_locale().languages[code]
    return name[:1].upper() + name[1:]


_lazy_name = lazy(_name, str)
SPOKEN = {code: _lazy_name(code) for code in (*_CODES, *_OTHERS, SIGNED)}


def spoken_name(code: str) -> str:
    """For the reader; a code that is not offered as it is."""
    return str(SPOKEN.get(code, code))
