"""Template tags of the components in `portal/templates/components/`; templates load them as `components`."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import template
from django.forms import BaseForm, BooleanField, BoundField, ChoiceField, Field, FileField, ModelChoiceField
from django.forms.boundfield import BoundWidget
from django.forms.widgets import ChoiceWidget, PasswordInput
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.common import desk_places as places
from portal.common import formatting, phrases
from portal.common.characters import shown_again
from portal.common.declarations import declared
from portal.common.phrases import LANGUAGE_NAMES, one_stop

register = template.Library()


class AsideNode(template.Node):
    """An `<aside>` around what it holds; nothing at all when that is blank."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        inner = self.nodelist.render(context)
        return format_html('<aside class="side">{}</aside>', inner) if inner.strip() else SafeString()


@register.tag
def aside(parser: Any, token: Any) -> AsideNode:
    nodelist = parser.parse(("endaside",))
    parser.delete_first_token()
    return AsideNode(nodelist)


@register.simple_tag
def badge(text: object, tone: str = "") -> SafeString:
    """The markup of `components/badge.html`, for lists: an include costs ten times as much."""
    if not text:
        return SafeString()
    return format_html('<span class="badge{}">{}</span>', f" badge--{tone}" if tone else "", text)


@register.simple_tag
def desk_places() -> tuple[places.DeskPlace, ...]:
    """The places of the desk that the installed apps declare."""
    return places.desk_places()


@register.simple_tag(takes_context=True)
def desk_acts_for(context: template.Context) -> object:
    """For which of several organizations the reader acts, as declared: `{key, name, lang}` or None."""
    request = context["request"]
    return next(filter(None, (chosen(request) for chosen in declared("desk_acts_for"))), None)


class Bar(NamedTuple):
    """One bar: `width` is its length on the common scale, `share` its part of all bars together."""

    label: object
    value: float
    url: str
    current: bool
    width: str
    share: str


@register.simple_tag
def bars(rows: Iterable[Mapping[str, Any]]) -> list[Bar]:
    """Rows of `{label, value[, url, current]}` with lengths that start at zero and share one scale."""
    rows = list(rows or ())
    longest = max((row["value"] or 0 for row in rows), default=0)
    total = sum(row["value"] or 0 for row in rows)
    return [_bar(row, longest, total) for row in rows]


def _bar(row: Mapping[str, Any], longest: float, total: float) -> Bar:
    value = row["value"] or 0
    return Bar(
        label=row["label"],
        value=value,
        url=row.get("url", ""),
        current=bool(row.get("current")),
        width=f"{100 * value / longest if longest else 0:.4g}%",
        share=formatting.percent(value / total if total else 0),
    )


class FormError(NamedTuple):
    text: str
    target: str


@register.simple_tag
def error_links(form: BaseForm | None) -> list[FormError]:
    """Each message of a form with the id of the field to correct; general messages first, without one."""
    if form is None or not getattr(form, "is_bound", False):
        return []
    links = [FormError(one_stop(str(text)), "") for text in form.non_field_errors()]
    for field in form:
        links += [FormError(text, _target(field)) for text in messages_of(field)]
    return links


@register.simple_tag
def messages_of(field: BoundField) -> list[str]:
    """The messages of a field; where Django only says "required", what to do and in which field."""
    messages = []
    for error in field.errors.as_data():
        bare = error.code == "required" and error.message == Field.default_error_messages["required"]
        messages += [_missing(field)] if bare else [str(text) for text in error.messages]
    return [one_stop(shown_again(text)) for text in messages]


@register.simple_tag
def loses_characters(field: BoundField) -> bool:
    """Whether the field shows less than was typed into it: what turns or breaks a text was taken out."""
    typed = field.data if field.form.is_bound else ""
    if not isinstance(typed, str) or isinstance(field.field.widget, PasswordInput):
        return False
    return shown_again(typed) != typed.replace("\r\n", "\n").replace("\r", "\n")


def _missing(field: BoundField) -> str:
    label = {"label": str(field.label).rstrip(" .:")}
    if isinstance(field.field, FileField):
        return _("Choose a file: %(label)s.") % label
    if isinstance(field.field, ChoiceField | ModelChoiceField):
        is_asked = label["label"].endswith("?")
        return (_("Choose an answer: %(label)s.") if is_asked else _("Choose one: %(label)s.")) % label
    if isinstance(field.field, BooleanField):
        return _("Tick the box: %(label)s.") % label
    return _("Fill in: %(label)s.") % label


def _target(field: BoundField) -> str:
    if field.is_hidden:
        return ""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


class Choice(NamedTuple):
    tag: SafeString
    id: str
    label: object


@register.simple_tag
def choice_groups(field: BoundField) -> list[tuple[str, list[Choice]]]:
    """The radios or checkboxes of a field by group; empty for a widget without choices."""
    widget = field.field.widget
    if not isinstance(widget, ChoiceWidget):
        return []
    attrs = field.build_widget_attrs({"id": field.auto_id}, widget)
    attrs.pop("aria-invalid", None)
    groups: list[tuple[str, list[Choice]]] = []
    for name, options, _index in widget.get_context(field.html_name, field.value(), attrs)["widget"][
        "optgroups"
    ]:
        if name or not groups or groups[-1][0]:
            groups.append((name or "", []))
        groups[-1][1].extend(_choice(field, option) for option in options)
    return groups


def _choice(field: BoundField, option: dict[str, Any]) -> Choice:
    bound = BoundWidget(field.field.widget, option, field.form.renderer)
    return Choice(tag=bound.tag(), id=option["attrs"].get("id", ""), label=option["label"])


@register.simple_tag
def counter(field: BoundField) -> dict[str, object] | None:
    """What a field counts: `{unit, limit}` from `data-max-words` or `data-max-characters` of its widget."""
    attrs = field.field.widget.attrs
    for unit in ("words", "characters"):
        if limit := attrs.get(f"data-max-{unit}"):
            return {"unit": unit, "limit": limit}
    return None


@register.filter("one_stop", is_safe=True)
def shown_with_one_stop(text: object) -> str:
    """A sentence into which a name was put that ends with a point of its own."""
    return one_stop(str(text))


@register.filter("shown_again")
def typed_shown_again(typed: str | None) -> str:
    """What was typed into a field that a template draws by hand, as the fields of forms show it."""
    return shown_again(typed or "")


@register.filter
def under(row: Iterable[object], headers: Iterable[object]) -> list[tuple[object, object]]:
    """Each cell of a row with the name of its column, which a table laid out in blocks says above it."""
    names = dict(enumerate(headers))
    return [(cell, names.get(place, "")) for place, cell in enumerate(row)]


@register.filter
def language_name(code: str) -> object:
    """The name of a language as a label in the reader's language: `pt` gives "Portugués"."""
    return LANGUAGE_NAMES.get(code, code)


@register.filter
def language_in_text(code: str) -> str:
    """The same inside a sentence: "portugués"."""
    return phrases.language_in_text(code)
