"""What an organization that was invited to sign has done."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class SignatureState(TextChoices):
    """Signed alone counts; what was signed is void once the text is changed."""

    CHOSEN = "chosen", pgettext_lazy("signature", "Not asked yet")
    ASKED = "asked", pgettext_lazy("signature", "Asked")
    SIGNED = "signed", pgettext_lazy("signature", "Signed")
    DECLINED = "declined", pgettext_lazy("signature", "Declined")
    TAKEN_BACK = "taken_back", pgettext_lazy("signature", "Taken back")
    VOID = "void", pgettext_lazy("signature", "Void: the text was changed")


TONES: Mapping[str, str] = {
    SignatureState.SIGNED: "good",
    SignatureState.ASKED: "brand",
    SignatureState.DECLINED: "bad",
    SignatureState.VOID: "warn",
}
# From these an organization can sign while the text is open for it.
OPEN = frozenset({SignatureState.ASKED, SignatureState.DECLINED, SignatureState.TAKEN_BACK})
# What it has said stays when the authors give up the text of which it said so.
SAID_NO = frozenset({SignatureState.DECLINED, SignatureState.TAKEN_BACK})
# Such a text is not theirs to sign any more.
LET_GO = frozenset({SignatureState.ASKED, SignatureState.SIGNED, SignatureState.VOID})
