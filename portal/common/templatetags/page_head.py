"""The head of a page: its title once, and from it what search engines and messengers are told."""

import json
from html import unescape
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.common.described import SITE, Described, graph, plain

register = template.Library()
# As Django writes JSON into a page: nothing in it can end the element.
_ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


class TitledNode(template.Node):
    """Renders what it holds, and keeps it as `page_title` for the tags after it."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        title = SafeString(" ".join(self.nodelist.render(context).split()))
        context["page_title"] = title
        return title


@register.tag
def titled(parser: Parser, token: Token) -> TitledNode:
    nodelist = parser.parse(("endtitled",))
    parser.delete_first_token()
    return TitledNode(nodelist)


@register.simple_tag(takes_context=True)
def page_head(context: Context, picture: str) -> SafeString:
    """Description, Open Graph and JSON-LD of a public page; `picture` is the one of the site."""
    chrome, described = context["chrome"], context.get("described") or Described()
    title = _unescaped(context.get("page_title", ""))
    description = plain(described.description) or _described_by(title)
    kind = "website" if chrome["canonical"].rstrip("/").endswith(f"/{chrome['language']}") else "article"
    told = [
        ("og:title", title),
        ("og:description", description),
        ("og:type", kind),
        ("og:url", chrome["canonical"]),
        ("og:site_name", SITE),
        ("og:locale", chrome["cldr"]),
        ("og:image", chrome["host"] + picture),
        ("og:image:alt", SITE),
    ]
    data = graph(
        described,
        title=title,
        description=description,
        url=chrome["canonical"],
        language=chrome["language"],
        crumbs=context.get("crumbs") or (),
    )
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return format_html(
        '<meta name="description" content="{}">{}<script type="application/ld+json">{}</script>',
        description,
        format_html_join("", '<meta property="{}" content="{}">', told),
        mark_safe(written),  # noqa: S308  # escaped above
    )


def _described_by(title: str) -> str:
    """Where a page has no words of its own for it."""
    told = _(
        "%(title)s: portal of the Cartagena+40 process, with its consultations, contributions and pledges."
    )
    return plain(told % {"title": title})


def _unescaped(text: Any) -> str:
    """The title is HTML already; attributes are escaped anew."""
    return unescape(str(text))
