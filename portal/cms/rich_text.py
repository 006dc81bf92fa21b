"""Links to pages inside texts: in the reader's language, looked up together; `wagtail_hooks` names it."""

from typing import Any

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from portal.cms.queries import pages_by_key
from portal.common.languages import DEFAULT


class ReaderPageLinks(PageLinkHandler):
    """Wagtail's handler asks several times for each link; a link to a hidden page becomes plain text here."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        ids = {str(attrs.get("id")) for attrs in attrs_list}
        keys = dict(
            Page.objects.filter(pk__in=[key for key in ids if key.isdigit()]).values_list(
                "pk", "translation_key"
            )
        )
        pages = pages_by_key(set(keys.values()), get_language() or DEFAULT)
        by_id = {str(pk): pages[key].url for pk, key in keys.items() if key in pages}
        urls = [by_id.get(str(attrs.get("id"))) for attrs in attrs_list]
        return [f'<a href="{escape(url)}">' if url else "<a>" for url in urls]
