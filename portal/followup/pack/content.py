"""The pack as a document, made once from a file of a cycle; its page and its PDF files are drawn from it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.common.formatting import day, moment
from portal.followup.addresses import path_of_cycle
from portal.followup.changes.queries import window_of
from portal.followup.models import Body, ReviewCycle
from portal.followup.pack.given import View
from portal.followup.pack.held import Held
from portal.followup.pack.names import Names, read_names
from portal.followup.pack.sections import (
    assessed,
    gaps,
    method,
    priorities,
    promises,
    reporting,
    silent,
    summary,
)
from portal.pdf.parts import Document
from portal.taxonomy.queries import organization_type_names

SECTIONS = (
    summary.section,
    reporting.reported,
    reporting.evidence,
    silent.section,
    assessed.section,
    gaps.section,
    promises.section,
    priorities.section,
    method.section,
)


@dataclass(frozen=True, slots=True)
class Source:
    """What a pack is made of: the file of a cycle with its SHA-256, a snapshot or a draft of one."""

    cycle: ReviewCycle
    held: Held
    sha256: str
    is_provisional: bool

    @property
    def counted_at(self) -> datetime:
        return datetime.fromisoformat(self.held.content["frozen_at"])


def source_of(cycle: ReviewCycle, file: bytes, sha256: str, *, is_provisional: bool) -> Source:
    """With the days of the cycle's changes, which the cycle before decides. One query."""
    content: dict[str, Any] = json.loads(file)
    return Source(cycle, Held(content, window_of(cycle)), sha256, is_provisional)


def document_of(source: Source, names: Names) -> Document:
    """In the language of the names. Two queries."""
    with override(names.language):
        view = _view(source, names)
        return Document(
            language=names.language,
            eyebrow=_("Review pack"),
            title=view.title,
            author=_("Cartagena+40 portal"),
            notice=_notice(view),
            facts=tuple(_facts(view)),
            sections=tuple(section(view) for section in SECTIONS),
        )


def names_of(source: Source, language: str) -> Names:
    return read_names(source.held.numbers(), language)


def _view(source: Source, names: Names) -> View:
    cycle, language = source.cycle, names.language
    first, last = day(cycle.opens_on), day(cycle.closes_on)
    return View(
        held=source.held,
        names=names,
        language=language,
        title=cycle.title(language),
        days=_("%(first)s to %(last)s") % {"first": first, "last": last},
        counted_at=source.counted_at,
        sha256=source.sha256,
        is_provisional=source.is_provisional,
        address=f"{settings.SITE_URL}{path_of_cycle(cycle, language)}",
        bodies={body.slug: body.title(language) for body in Body.objects.all()},
        types=organization_type_names(language),
    )


def _notice(view: View) -> str:
    if not view.is_provisional:
        return ""
    told = _("Provisional: counted on %(moment)s. The cycle is open, and the figures still change.")
    return told % {"moment": moment(view.counted_at, is_full=True)}


def _facts(view: View) -> list[tuple[str, str]]:
    when = _("Counted") if view.is_provisional else _("Frozen")
    return [
        (_("Days"), view.days),
        (when, moment(view.counted_at, is_full=True)),
        ("SHA-256", view.sha256),
        (_("Address"), view.address),
    ]
