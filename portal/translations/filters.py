"""What the desk's lists of translations are narrowed to, sent by GET."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.filtering import ListFilters
from portal.common.forms import LineField
from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES
from portal.translations.states import STATES

LONGEST = 200
CALLED = _("Number, title or organization")


class LackingFilters(ListFilters):
    """Of texts that lack a translation."""

    q = LineField(label=CALLED, max_length=LONGEST, widget=forms.TextInput)
    language = forms.ChoiceField(label=_("Language that is lacking"))

    def __init__(self, asked: object) -> None:
        super().__init__(asked)
        self.offer("language", LANGUAGE_NAMES.items(), every=_("Any language"))


class RequestFilters(ListFilters):
    """Of what was entered and asked."""

    q = LineField(label=CALLED, max_length=LONGEST, widget=forms.TextInput)
    state = forms.ChoiceField(label=_("State"))
    into = forms.ChoiceField(label=_("Translation into"))
    mine = forms.ChoiceField(label=_("By"))

    def __init__(self, asked: object) -> None:
        super().__init__(asked)
        self.offer("state", [(state.code, state.feminine) for state in STATES])
        self.offer("into", [(code, LANGUAGE_NAMES[code]) for code in CODES])
        self.offer("mine", [("yes", _("Only what I have entered"))])
