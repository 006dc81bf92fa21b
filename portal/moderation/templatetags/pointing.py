"""Marks in a submitted text what may be personal data of third parties."""

from collections.abc import Iterable

from django import template
from django.utils.translation import ngettext

from portal.common.reviews import Text
from portal.submissions.pointing import marked, number_of

register = template.Library()
register.filter("pointed", marked)


@register.filter
def pointed_number(texts: Iterable[Text]) -> str:
    """How many places are marked in a reading's texts, in words; empty for none."""
    number = sum(number_of((each.text, *each.items)) for each in texts)
    if not number:
        return ""
    told = ngettext(
        "%(number)d place of the text is marked: it may be personal data of third parties.",
        "%(number)d places of the text are marked: they may be personal data of third parties.",
        number,
    )
    return told % {"number": number}
