"""The columns of a table of pledges and the words its cells may hold; only `imports` calls it."""

import re

from django.utils.translation import gettext_lazy as _

from portal.pledges.enums import FORUMS, ReportedStage
from portal.tables.columns import Column, Vocabulary, plain
from portal.taxonomy.enums import Outcome

COLUMNS = (
    Column(
        "external_id",
        _("Number of the pledge"),
        is_filled=True,
        also=("pledge id", "id", "número", "numéro", "identificador", "identifiant"),
    ),
    Column("title", _("Title"), is_filled=True),
    Column("description", _("Description"), is_filled=True, also=(_("What was pledged"),)),
    Column(
        "stage",
        _("Reported stage"),
        is_filled=True,
        also=("etapa", "estado", "estágio", "fase", "avancement", "étape", "stade", "status"),
    ),
    Column("forum", _("Global Refugee Forum"), is_filled=True, also=("foro", "fórum", "grf", "fmr")),
    Column("organization", _("Organization"), is_filled=True, also=("organisation", "entidad", "entidade")),
    Column("language", _("Language"), is_filled=True),
    Column("outcomes", _("outcomes"), is_filled=True, also=(_("outcome"), _("Outcomes it serves"))),
    Column("country", _("Country"), is_required=False),
)
STAGES = Vocabulary(
    dict(ReportedStage.choices),
    {
        ReportedStage.PLANNING: ("planificación", "planejamento", "planeamento", "planification", "planned"),
        ReportedStage.IN_PROGRESS: ("en progreso", "em curso", "em progresso", "in course", "ongoing"),
        ReportedStage.FULFILLED: ("cumplida", "cumprida", "tenue", "réalisé", "accompli"),
    },
)
OUTCOMES = Vocabulary(dict(Outcome.choices))
FORUM_VOCABULARY = Vocabulary(dict.fromkeys(FORUMS, ""))
_FORUM_NAMES = Vocabulary(
    {"grf": _("Global Refugee Forum")}, {"grf": ("fmr", "fgr", "foro mundial de refugiados", "forum")}
)
_MARKS = re.compile(r"[(),:]")
_YEAR = re.compile(r"(?P<before>.*?)\s*\b(?P<year>\d{4})(?:\.0)?\b\s*(?P<after>.*)", re.DOTALL)


def forum_of(word: str) -> str:
    """`2023`, `GRF 2023` and `Forum mondial sur les réfugiés 2023` give `2023`; empty for anything else."""
    match = _YEAR.fullmatch(plain(_MARKS.sub(" ", word)))
    if match is None or match["year"] not in FORUMS:
        return ""
    name = f"{match['before']} {match['after']}".strip()
    return match["year"] if not name or _FORUM_NAMES.code_of(name) else ""
