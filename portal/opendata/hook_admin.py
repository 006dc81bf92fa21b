"""Webhooks in the Wagtail admin; hooks register them."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.opendata.models import Webhook


class WebhookViewSet(SnippetViewSet):
    """Deliveries that failed stand with the jobs of the worker."""

    model = Webhook
    icon = "link-external"
    menu_label = _("Webhooks")
    add_to_admin_menu = False
    add_to_settings_menu = True
    list_display: ClassVar[list[Any]] = ["url", "is_active", "created_at"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("url"),
        FieldPanel("is_active"),
        HelpPanel(template="opendata/webhook_secret.html", heading=_("Secret")),
    ]
