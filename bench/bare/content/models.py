"""One page type: a title and rich text."""

from wagtail.fields import RichTextField
from wagtail.models import Page


class ContentPage(Page):
    body = RichTextField(blank=True)
