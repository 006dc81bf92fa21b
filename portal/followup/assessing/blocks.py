"""What assessments add to the public pages of pledges and reports; the app's configuration declares it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.formatting import day
from portal.followup.assessing.records import ASSESSMENT, STAGES, claimed_of, completion_of
from portal.followup.enums import Confidence
from portal.publication.enums import Relation
from portal.publication.models import Record
from portal.publication.queries import in_language, linking_to, reading
from portal.records.parts import linked
from portal.records.stages import Stage
from portal.records.trace_links import foreign
from portal.records.types import Block, Shown


def _of_pledge(shown: Shown) -> dict[str, Any]:
    """Every assessment by itself, the newest first. Two queries; none where nobody has assessed it."""
    if not shown.record.facts.get("assessed"):
        return {"rows": []}
    theirs = linking_to(Relation.ASSESSES, [shown.record.source_key])
    rows = [_row(row, shown.language) for row in in_language(theirs, shown.language)]
    completions = {row["completion"] for row in rows}
    return {"anchor": Stage.REVIEW.value, "rows": rows, "disagree": len(completions) > 1}


def _row(row: Record, language: str) -> dict[str, Any]:
    told, completion = reading(row, language), completion_of(row)
    author = row.organization
    return {
        "label": f"{ASSESSMENT.label} {row.public_id}",
        "url": row.path(language),
        "text": told.texts.get("text", ""),
        "lang": foreign(told.language, language),
        "completion": str(completion),
        "meta": [
            _("Completion: %(completion)s") % {"completion": completion.label},
            _("The parties claimed: %(stage)s") % {"stage": STAGES[claimed_of(row)]},
            _("Confidence: %(confidence)s") % {"confidence": Confidence(row.facts["confidence"]).label},
            day(row.published_at),
            author.title if author else "",
        ],
    }


OF_PLEDGE = Block("followup/of_pledge.html", _of_pledge)
OF_REPORT = linked(Stage.REVIEW, gettext_lazy("Assessments"))
