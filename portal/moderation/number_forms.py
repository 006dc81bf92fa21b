"""The number by which readers call a text, as a moderator types it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LineField
from portal.common.ids import parse_public_id
from portal.publication.kinds import kind_of_letter
from portal.publication.models import Record
from portal.submissions.types import review_types

UNKNOWN = _("Nothing that can be decided about has this number. Copy it from the page, such as I-00007.")


class NumberForm(forms.Form):
    """`number` becomes the record, also one that was withdrawn."""

    number = LineField(
        label=_("Number"),
        max_length=20,
        help_text=_("As it stands on the public page, such as I-00007."),
        error_messages={"required": _("Write the number, such as I-00007.")},
    )

    def clean_number(self) -> Record:
        parsed = parse_public_id(self.cleaned_data["number"])
        known = kind_of_letter(parsed[0]) if parsed else None
        record = Record.objects.filter(kind=known.kind, pk=parsed[1]).first() if known and parsed else None
        if record is None or record.kind not in {of.kind for of in review_types()}:
            raise forms.ValidationError(UNKNOWN)
        return record
