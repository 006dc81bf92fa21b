"""The columns of a table of pledges and the words its cells may hold; the room and its callers use them."""

import re

from django.utils.translation import gettext_lazy as _

from portal.pledges.enums import FORUMS, PartyRole, PlaceRole, PledgeKind, ReportedStage
from portal.tables.columns import Column, Kind, Vocabulary, plain
from portal.taxonomy.enums import Outcome

# Headings of the forum's own export stand among the other names of a column.
COLUMNS = (
    Column(
        "external_id",
        _("Number of the pledge"),
        is_filled=True,
        also=(
            *("pledge id", "id", "número", "numéro", "identificador", "identifiant"),
            *("pledge number", "pledge reference", "reference number", "n.º", "nº", "n°"),
            *("número del compromiso", "nº del compromiso", "n.º del compromiso", "n° del compromiso"),
            *("número do compromisso", "nº do compromisso", "n.º do compromisso", "n° do compromisso"),
            *("numéro de l'engagement", "nº de l'engagement", "n° de l'engagement"),
        ),
    ),
    Column(
        "title",
        _("Title"),
        is_filled=True,
        also=(
            *("pledge title", "pledge name", "name of pledge", "título del compromiso"),
            *("nombre del compromiso", "título do compromisso", "nome do compromisso"),
            *("titre de l'engagement", "nom de l'engagement", "intitulé de l'engagement"),
        ),
    ),
    Column(
        "description",
        _("Description"),
        is_required=False,
        is_filled=True,
        also=(
            *(_("What was pledged"), "pledge description", "description of pledge"),
            *("descripción del compromiso", "descrição do compromisso", "description de l'engagement"),
        ),
    ),
    Column(
        "stage",
        _("Stage"),
        is_filled=True,
        also=(
            *("reported stage", "etapa informada", "avancement déclaré", "current state", "estado actual"),
            *("etapa", "estado", "estágio", "fase", "avancement", "étape", "stade", "status"),
            *("stage of implementation", "implementation stage", "pledge stage", "stage of fulfilment"),
            *("estado de avance", "etapa de avance", "estágio de implementação", "état d'avancement"),
            *("situação", "progress", "state of progress", "niveau d'avancement"),
        ),
    ),
    Column(
        "forum",
        _("Global Refugee Forum"),
        is_required=False,
        also=("foro", "fórum", "grf", "fmr", "forum year", "grf year"),
    ),
    Column("year", _("Year"), is_required=False, kind=Kind.WHOLE, also=("ano", "pledge year")),
    Column(
        "organization",
        _("Organization"),
        is_filled=True,
        also=("organisation", "entidad", "entidade", "submitting entity", "pledging entity", "entité"),
    ),
    Column(
        "organization_type",
        _("Type of organization"),
        is_required=False,
        also=(
            *("submitting entity type", "entity type", "tipo de entidad", "tipo de entidade"),
            *("type d'entité", "organisation type", "organization type"),
        ),
    ),
    Column("language", _("Language"), is_required=False, is_filled=True),
    Column(
        "outcomes",
        _("Outcomes it serves"),
        is_required=False,
        is_filled=True,
        also=(_("outcome"), _("outcomes")),
    ),
    Column(
        "country", _("Country"), is_required=False, also=("implementing country", "country of implementation")
    ),
    Column(
        "countries",
        _("Countries it concerns"),
        is_required=False,
        also=("implementing countries", "countries"),
    ),
    Column(
        "reported_on",
        _("Last report of the parties"),
        is_required=False,
        kind=Kind.DAY,
        also=(
            *("last report", "date of last report", "last update", "fecha del último informe"),
            *("data do último relatório", "date du dernier rapport", "date du rapport"),
            *("report date", "date of report", "fecha del informe", "data do relatório"),
        ),
    ),
    Column(
        "parties", _("Parties"), is_required=False, also=(_("Other parties"), "partners", "pledge partners")
    ),
    Column(
        "actions",
        _("Actions of the plan"),
        is_required=False,
        also=(_("Actions of the plan it carries out"), "plan actions"),
    ),
    Column("kind", _("Kind of pledge"), is_required=False, also=("pledge type", "type of pledge")),
    Column("starts_on", _("First day"), is_required=False, kind=Kind.DAY, also=("start date",)),
    Column("ends_on", _("Last day"), is_required=False, kind=Kind.DAY, also=("end date",)),
    Column("amount", _("Amount of money"), is_required=False, also=("amount",)),
    Column("currency", _("Currency"), is_required=False),
    Column("goal", _("Goal"), is_required=False),
    Column("baseline", _("Baseline"), is_required=False),
    Column("no_baseline_because", _("Why there is no baseline"), is_required=False),
    Column("target", _("Target"), is_required=False),
    Column("unit", _("Unit"), is_required=False),
    Column("due_on", _("To be reached by"), is_required=False, kind=Kind.DAY),
    Column("means", _("Means of verification"), is_required=False),
)
STAGES = Vocabulary(
    dict(ReportedStage.choices),
    {
        ReportedStage.PLANNING: (
            *("planificación", "planejamento", "planeamento", "planification", "planned", "planning stage"),
            *("etapa de planificación", "em planejamento", "fase de planejamento", "en planificación"),
            "phase de planification",
        ),
        ReportedStage.IN_PROGRESS: (
            *("en progreso", "em curso", "em progresso", "in course", "ongoing", "en ejecución"),
            *("em andamento", "em execução", "en cours", "under implementation"),
        ),
        ReportedStage.FULFILLED: (
            *("cumplida", "cumprida", "tenue", "réalisé", "accompli", "fulfilled", "completed"),
            *("cumplido", "cumprido", "concluído", "tenu", "réalisée", "implemented"),
        ),
    },
)
OUTCOMES = Vocabulary(dict(Outcome.choices))
KINDS = Vocabulary(
    dict(PledgeKind.choices),
    {
        PledgeKind.INDIVIDUAL: ("individual",),
        PledgeKind.JOINT: ("joint", "conjunto", "conjunta", "conjoint", "conjointe"),
        PledgeKind.UMBRELLA: ("umbrella", "paraguas", "guarda-chuva", "multi stakeholder pledge"),
        PledgeKind.MATCHING: ("matching", "matched"),
    },
)
PARTY_ROLES = Vocabulary(
    dict(PartyRole.choices),
    {
        PartyRole.LEAD: ("lead entity", "líder", "chef de file", "principal"),
        PartyRole.PARTNER: ("socia", "socio", "parceira", "parceiro", "partenaire"),
        PartyRole.FUNDER: ("donor", "donante", "financiadora", "financiador", "bailleur"),
    },
)
PLACE_ROLES = Vocabulary(dict(PlaceRole.choices), {PlaceRole.DESTINATION: ("host", "acogida", "accueil")})
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


def parts_of(cell: str) -> list[str]:
    """What a cell lists, one thing after another."""
    return [word.strip() for word in cell.replace("|", ";").replace("\n", ";").split(";") if word.strip()]
