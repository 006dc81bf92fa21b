"""What the portal changes in the Wagtail admin: links inside texts, and what cannot be deleted."""

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from wagtail import hooks
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page

from portal.cms.deleting import refusal
from portal.cms.documents import is_in_use
from portal.cms.rich_text import ReaderPageLinks


@hooks.register("register_rich_text_features", order=100)
def link_to_pages(features: Any) -> None:
    features.register_link_type(ReaderPageLinks)


@hooks.register("before_serve_document")
def hold_back_unused_documents(document: AbstractDocument, request: HttpRequest) -> None:
    """A document is public once a public page leads to it; before that for editors alone."""
    if not is_in_use(document) and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404(str(document.pk))


@hooks.register("before_delete_snippet")
def keep_needed_snippets(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    back = reverse(type(instances[0]).snippet_viewset.get_url_name("list")) if instances else ""
    return refusal(request, instances, back)


@hooks.register("before_delete_page")
def keep_needed_pages(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refusal(request, [page], reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


@hooks.register("before_delete_user")
def keep_needed_people(request: HttpRequest, user: Model) -> HttpResponse | None:
    return refusal(request, [user], reverse("wagtailusers_users:index"))


@hooks.register("before_bulk_action")
def keep_needed_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    return refusal(request, objects, action.next_url) if action_type == "delete" else None
