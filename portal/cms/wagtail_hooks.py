"""What the portal changes in the Wagtail admin: how links inside texts become addresses."""

from typing import Any

from wagtail import hooks

from portal.cms.rich_text import ReaderPageLinks


@hooks.register("register_rich_text_features", order=100)
def link_to_pages(features: Any) -> None:
    features.register_link_type(ReaderPageLinks)
