"""The words by which tables name the types of organizations; imports call it."""

from portal.common.languages import CODES
from portal.tables.columns import Vocabulary
from portal.taxonomy.queries import organization_type_names

# As lists of parties name them, often in the plural.
_ALSO: dict[str, tuple[str, ...]] = {
    "refugee_led": (
        *("refugee led organizations", "refugee led organisations", "refugee led initiative"),
        *("organizaciones lideradas por personas refugiadas", "organizações lideradas por refugiados"),
        *("organisations dirigées par des réfugiés", "rlo", "rlos"),
    ),
    "civil_society": (
        *("civil society", "civil society organizations", "civil society organisations", "ngo", "ngos"),
        *("non governmental organization", "non governmental organizations", "ong", "ongs"),
        *("sociedad civil", "organizaciones de la sociedad civil", "sociedade civil"),
        *("organizações da sociedade civil", "société civile", "organisations de la société civile"),
        *("faith based organization", "faith based organizations", "foundation", "foundations"),
    ),
    "municipality": (
        *("municipalities", "local government", "local governments", "local authorities", "cities"),
        *("cities and local authorities", "cities, municipalities and local authorities"),
        *("municipio", "municipios", "gobiernos locales", "município", "municípios", "governos locais"),
        *("municipalité", "municipalités", "collectivités locales", "villes"),
    ),
    "private_sector": (
        "business",
        "businesses",
        "company",
        "companies",
        "empresa",
        "empresas",
        "entreprises",
    ),
    "academia": (
        *("academic institution", "academic institutions", "academics", "university", "universities"),
        *("universidad", "universidades", "academia y universidades", "université", "universités"),
    ),
    "state": (
        "states",
        "government",
        "governments",
        "member states",
        "estados",
        "gobierno",
        "gobiernos",
        "états",
    ),
    "un_agency": (
        *("un agency", "un agencies", "un entity", "un entities", "united nations", "naciones unidas"),
        *("nações unidas", "nations unies", "un system"),
    ),
    "international_organization": (
        *("international organization", "international organizations", "international organisations"),
        *("organizaciones internacionales", "organizações internacionais", "organisations internationales"),
    ),
    "financial_institution": (
        *("international financial institutions", "financial institution", "financial institutions"),
        *("development bank", "development banks", "instituciones financieras", "institutions financières"),
    ),
    "regional_organization": (
        *("regional organizations", "regional organisations", "organizaciones regionales"),
        *("organizações regionais", "organisations régionales"),
    ),
}


def type_vocabulary() -> Vocabulary:
    """The types of organizations by code and by their names in every language."""
    names = {code: organization_type_names(code) for code in CODES}
    codes = names["en"]
    return Vocabulary(
        codes, {code: (*(names[each][code] for each in CODES), *_ALSO.get(code, ())) for code in codes}
    )
