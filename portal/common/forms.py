"""For all forms: the renderer, which settings name, fields of clean text, and refusals at their fields."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.common.characters import many_lines, one_line, shown_again
from portal.common.days import day_problem
from portal.common.errors import Problem
from portal.common.phrases import language_in_text

MAX_REASON = 4000
REASON = _("Reason")


class PortalRenderer(TemplatesSetting):
    """Draws every form; what was typed into a field is drawn without characters that are not shown."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        return super().render(template_name, _harmless(context), request=request)


def _harmless(context: dict[str, Any]) -> dict[str, Any]:
    widget = context.get("widget")
    return context | {"widget": _drawn(widget)} if isinstance(widget, dict) else context


def _drawn(widget: dict[str, Any]) -> dict[str, Any]:
    """A widget's context with its texts, those of its parts as well, as they are shown again."""
    value, parts = widget.get("value"), widget.get("subwidgets")
    drawn = widget | {"value": shown_again(value)} if isinstance(value, str) else widget
    return drawn | {"subwidgets": [_drawn(part) for part in parts]} if parts else drawn


TOO_LONG = _("Shorten this to %(limit_value)d characters; it has %(show_value)d.")


class TypedField(forms.CharField):
    """A text whose length the server judges: a browser would cut what is pasted and say nothing."""

    default_error_messages: ClassVar = {"max_length": TOO_LONG}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class LineField(TypedField):
    """One line: control and direction characters leave it, runs of space become one."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class LinesField(TypedField):
    """A text of several lines: control and direction characters leave it, its lines and tabs stay."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return many_lines(super().to_python(value) or "")


class ReasonField(LinesField):
    """Why somebody does something: `read_by` says who reads it, `missing` is told where it is not given."""

    def __init__(self, *, read_by: Any, missing: Any, label: Any = REASON, rows: int = 3) -> None:
        too_long = _("Shorten the reason to %(limit_value)d characters.")
        super().__init__(
            label=label,
            max_length=MAX_REASON,
            widget=forms.Textarea(attrs={"rows": rows}),
            help_text=read_by,
            error_messages={"required": missing, "max_length": too_long},
        )

    def ask_in(self, language: str) -> None:
        """It stands beside a text as it is written, so it is asked for in the language of that text."""
        asked = _("Write it in the language of the text, %(language)s: it is not translated.")
        self.help_text = f"{self.help_text} {asked % {'language': language_in_text(language)}}"
        self.widget.attrs["lang"] = language


DAY_HINT = _("Such as 2024-05-31 or 31/05/2024.")


class DayField(forms.DateField):
    """A day that may be left out, as `2024-05-31` or `31/05/2024`; `hint` says more of it."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"placeholder": "2024-05-31"})
    default_error_messages: ClassVar = {
        "invalid": _("Write a day as 2024-05-31 or 31/05/2024."),
        "far": _("Write a day between the years 1900 and 2100."),
    }

    def __init__(self, *, label: Any, hint: Any = "") -> None:
        told = format_lazy("{} {}", hint, DAY_HINT) if hint else DAY_HINT
        formats = ["%Y-%m-%d", "%d/%m/%Y"]
        super().__init__(label=label, required=False, help_text=told, input_formats=formats)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as refusal:
            told = day_problem(str(value), refusal.message)
            raise forms.ValidationError(str(told), code="invalid") from refusal

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not 1900 <= value.year <= 2100:
            raise forms.ValidationError(self.error_messages["far"], code="far")


def put_at_fields(form: forms.Form, problems: Iterable[Problem]) -> None:
    """What a verb refused, each problem at its field; what has no field stands above the form."""
    for problem in problems:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem.message))
