"""System checks: every public kind has a builder."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from portal.cms.pages import PortalPage
from search.index.builders import BUILDERS
from search.index.builders.pages import KINDS
from search.models import Source


@register()
def every_public_kind_is_indexed(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Page types and sources against the builders' tables; kinds of records declare what is indexed."""
    page_types = {model._meta.label for model in apps.get_models() if issubclass(model, PortalPage)}
    problems: list[CheckMessage] = [
        Error(f"Page type {label} has no kind in search.index.builders.pages.KINDS.", id="search.E001")
        for label in sorted(page_types - KINDS.keys())
    ]
    problems += [
        Error(f"Source {source} has no builder in search.index.builders.BUILDERS.", id="search.E003")
        for source in sorted(set(Source) - {Source.INDEX} - set(BUILDERS))
    ]
    return problems
