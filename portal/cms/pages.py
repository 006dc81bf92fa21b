"""The base class of every public page."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from portal.cms.routing import Route, route_of
from portal.common.characters import many_lines, one_line


class PortalPage(Page):
    """Title, optional long heading, introduction; the address is the same in every language."""

    heading = models.TextField(
        _("heading"), blank=True, help_text=_("Only where the full heading is longer than the title.")
    )
    introduction = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("heading"), FieldPanel("introduction")]
    override_translatable_fields: ClassVar = [SynchronizedField("slug")]
    # Fields that the read API and lists name beside title, heading and introduction.
    public_fields: ClassVar[tuple[str, ...]] = ()
    # True where records answer pages of this type: the trace begins there.
    is_question: ClassVar[bool] = False

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Nothing invisible in a title; the editor's form and every import pass here."""
        super().clean()
        self.heading = many_lines(self.heading)
        self.title: str = one_line(self.title)

    @classmethod
    def told(cls, pages: Sequence[Any]) -> dict[int, dict[str, Any]]:
        """What the read API tells of pages of this type besides their columns, by row."""
        return {}

    @property
    def full_title(self) -> str:
        return self.heading or self.title

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        route: Route | None = getattr(request, "route", None)
        if route is None:
            language = self.locale.language_code if self.locale_id else translation.get_language()
            route = route_of(self, language or "es")
        context |= {"route": route, "crumbs": route.crumbs}
        return context
