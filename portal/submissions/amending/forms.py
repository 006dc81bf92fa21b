"""Forms of amendments; the desk's views call them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import ReasonField


class RefusalForm(forms.Form):
    reason = ReasonField(
        label=_("Why not?"),
        read_by=_("Who proposed it reads this; readers do not."),
        missing=_("Say why, so that who proposed it knows."),
    )
