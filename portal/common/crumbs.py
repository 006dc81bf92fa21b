"""The way back to the desk, for the pages of every app that stand on it."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _


def desk_address() -> str:
    """The desk in the reader's language; apps below it know no more of it than this."""
    return f"/{get_language() or 'es'}/desk/"


def crumbs_to(title: str, lang: str = "") -> list[dict[str, str]]:
    """Inputs of `components/breadcrumbs.html`; `lang` of the title where it is not the reader's."""
    last = {"title": title, "url": ""} | ({"lang": lang} if lang else {})
    return [{"title": _("Your desk"), "url": desk_address()}, last]
