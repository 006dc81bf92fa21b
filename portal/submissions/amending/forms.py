"""Forms of amendments; the desk's views call them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LinesField

LONGEST = 4000


class RefusalForm(forms.Form):
    reason = LinesField(
        label=_("Why not?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who proposed it reads this; readers do not."),
        error_messages={"required": _("Say why, so that who proposed it knows.")},
    )
