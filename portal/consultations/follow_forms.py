"""What somebody types who wants to follow a consultation by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FollowForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We send you one mail to confirm. Unless you confirm, we forget the address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
