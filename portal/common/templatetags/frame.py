"""What stands around a page that is drawn without a request."""

from django import template

from portal.common import frame

register = template.Library()


@register.simple_tag
def own_frame(language: str) -> frame.Frame:
    """The portal's own menu and foot; no query."""
    return frame.own_frame(language)
