"""The form that verifies a receipt: its number, and its file or its control code; views call it."""

import hashlib
from codecs import BOM_UTF8
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.forms import LineField
from portal.submissions.verifying.queries import code_in, number_in

MEGABYTE = 1024 * 1024
# The largest text that can be submitted is a tenth of it.
LARGEST = 5 * MEGABYTE


class VerifyForm(forms.Form):
    """`cleaned_data` holds `number` and `code`; the code is that of the file where one is given.

    `other` is the content of a file that is not what was submitted, whatever its code: that is JSON.
    """

    number = LineField(
        label=gettext_lazy("Number of the receipt"),
        max_length=40,
        help_text=gettext_lazy("Ten letters and digits, such as 7K3QX-9RT2M."),
        error_messages={"required": gettext_lazy("Type the number that stands on the receipt.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("File of what was submitted"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "The file behind “Download what you submitted”, as it was downloaded: it is called like its "
            "number, such as 7K3QX-9RT2M.json, and has at most 5 MB. It is read once and not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,application/json,.pdf,.txt,.eml"}),
    )
    code = LineField(
        label=gettext_lazy("Or its control code"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("64 letters and digits (SHA-256). It is only read where no file is given."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        number = number_in(self.cleaned_data["number"])
        if not number:
            raise forms.ValidationError(
                _(
                    "This is not the number of a receipt: it has ten letters and digits, such as "
                    "7K3QX-9RT2M, and never 0, O, 1 or I. Look at the receipt once more."
                )
            )
        return number

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise forms.ValidationError(
                _("This file is larger than 5 MB, so it is not the file of a receipt. Choose another one.")
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not {"file", "code"} & self.errors.keys():
            self._take_code(cleaned)
        return cleaned

    def _take_code(self, cleaned: dict[str, Any]) -> None:
        file, typed = cleaned.get("file"), cleaned.get("code", "")
        if file is not None:
            content = file.read()
            cleaned["code"] = hashlib.sha256(content).hexdigest()
            cleaned["other"] = b"" if _is_json(content) else content
            return
        if not typed:
            self.add_error("file", _("Choose the file, or type its control code below."))
            return
        cleaned["code"] = code_in(typed)
        if not cleaned["code"]:
            self.add_error("code", _("A control code has 64 characters: digits and the letters a to f."))


def _is_json(content: bytes) -> bool:
    """Whether it begins as what was submitted does, also where it was saved again."""
    return content.removeprefix(BOM_UTF8).lstrip()[:1] == b"{"
