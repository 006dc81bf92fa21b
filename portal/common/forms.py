"""The form renderer, which settings name, and fields for text without invisible characters, for all forms."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from portal.common.characters import many_lines, one_line


class PortalRenderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class LineField(forms.CharField):
    """One line: control and direction characters leave it, runs of space become one."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class LinesField(forms.CharField):
    """A text of several lines: control and direction characters leave it, its lines and tabs stay."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return many_lines(super().to_python(value) or "")
