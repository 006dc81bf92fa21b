"""System checks: every public kind has a builder."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from portal.cms.pages import PortalPage
from portal.publication.enums import RecordKind
from search.builders import BUILDERS
from search.builders.pages import KINDS
from search.builders.records import TEXTS
from search.models import Source


@register()
def every_public_kind_is_indexed(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Page types, kinds of records and sources against the builders' tables."""
    page_types = {model._meta.label for model in apps.get_models() if issubclass(model, PortalPage)}
    found: list[CheckMessage] = [
        Error(f"Page type {label} has no kind in search.builders.pages.KINDS.", id="search.E001")
        for label in sorted(page_types - KINDS.keys())
    ]
    found += [
        Error(f"Record kind {kind} has no texts in search.builders.records.TEXTS.", id="search.E002")
        for kind in sorted(set(RecordKind.values) - set(TEXTS))
    ]
    found += [
        Error(f"Source {source} has no builder in search.builders.BUILDERS.", id="search.E003")
        for source in sorted(set(Source) - {Source.INDEX} - set(BUILDERS))
    ]
    return found
