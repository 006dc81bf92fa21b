"""Elements of SVG as escaped text: the same inside a page and in a file; pure."""

from collections.abc import Iterable

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from portal.common.xml_text import fit

NAMESPACE = "http://www.w3.org/2000/svg"


def element(name: str, *children: object, **attributes: object) -> SafeString:
    """`element("rect", x="3%", class_="shade")`: an underscore is a hyphen, None leaves it away."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(_text(child) for child in children)
    return mark_safe(f"<{name}{told}>{inner}</{name}>")  # noqa: S308  # escaped in `_text`


def joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308  # parts are elements


def percent(share: float) -> str:
    """A place on a scale from 0 to 100, as attributes have it."""
    return f"{share:.5g}%"


def _text(value: object) -> str:
    if isinstance(value, SafeString):
        return value
    if isinstance(value, float):
        value = f"{value:.6g}"
    return conditional_escape(fit(str(value)))
