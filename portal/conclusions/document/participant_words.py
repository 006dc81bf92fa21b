"""How documents name the categories of participants, in English, Spanish, Portuguese and French.

The codes are those of organization types; `total` counts everybody. Used by `participants` only.
"""

import re

from portal.conclusions.document.numbers import NUMBER

TOTAL, STATE, OBSERVER = "total", "state", "observer_country"
_WORDS: dict[str, tuple[str, ...]] = {
    TOTAL: (
        r"(?:participants?|people)\s+(?:attended|took part|participated)",
        r"(?:participantes|personas|pessoas)\s+(?:participaron|asistieron|participaram)",
        r"(?:participants|personnes)\s+(?:y\s+)?ont\s+(?:particip[ée]|pris\s+part)",
        rf"(?:participaron|asistieron|participaram)\s+(?:\w+\s+){{0,3}}?{NUMBER}\s+(?:persona|pessoa|participante)s",
    ),
    OBSERVER: (
        r"(?:observer|donor|cooperating)\s+(?:countries|states)",
        r"(?:pa[íi]ses|estados)\s+observadores",
        r"(?:pays|[ée]tats)\s+observateurs",
    ),
    STATE: (
        r"(?:government|state)\s+(?:representatives|delegates|delegations)(?:\s+(?:from|of))?",
        r"(?:representantes|delegaciones|delega[çc][õo]es|delegad[oa]s)\s+(?:gubernamentales|governamentais)(?:\s+d[eo])?",
        r"(?:representantes|delegaciones)\s+(?:de\s+(?:los\s+)?gobiernos|dos\s+governos)(?:\s+d[eo])?",
        r"représentants\s+(?:gouvernementaux|des\s+gouvernements)(?:\s+d[eu])?",
        r"states(?!\s+of)|estados(?!\s+unid)|états(?!-unis)",
    ),
    "refugee_led": (
        r"refugee(?:-|\s)?(?:led\s)?\s?organi[sz]ations?",
        r"organizaciones\s+(?:de|lideradas?\s+por)\s+(?:personas\s+)?refugiad[ao]s",
        r"organiza[çc][õo]es\s+(?:de|lideradas?\s+por)\s+(?:pessoas\s+)?refugiad[ao]s",
        r"organisations?\s+(?:dirig[ée]es\s+par\s+des|de)\s+r[ée]fugi[ée]s",
    ),
    "civil_society": (
        r"civil(?:-|\s)society(?:\s+organi[sz]ations?)?",
        r"(?:organizaciones\s+de\s+la\s+)?sociedad\s+civil",
        r"(?:organiza[çc][õo]es\s+da\s+)?sociedade\s+civil",
        r"(?:organisations?\s+de\s+la\s+)?soci[ée]t[ée]\s+civile",
    ),
    "municipality": (
        r"municipalit(?:y|ies)(?:\s+or\s+local\s+governments?)?|local\s+governments?",
        r"municipios?(?:\s+o\s+gobiernos\s+locales)?|gobiernos?\s+locales?",
        r"munic[íi]pios?(?:\s+ou\s+governos\s+locais)?|governos?\s+loca(?:l|is)",
        r"municipalités?|(?:collectivit[ée]s|gouvernements|autorit[ée]s)\s+locales?",
    ),
    "human_rights_institution": (
        r"national\s+human\s+rights\s+institutions?(?:\s+and\s+ombuds\w+)?|ombuds\w+",
        r"instituciones\s+nacionales\s+de\s+(?:promoci[óo]n\s+y\s+protecci[óo]n\s+de\s+)?(?:los\s+)?derechos\s+humanos",
        r"institui[çc][õo]es\s+nacionais\s+de\s+direitos\s+humanos|defensor[íi]as",
        r"institutions\s+nationales\s+des\s+droits",
    ),
    "academia": (
        r"academia|academic\s+institutions?|universit(?:y|ies)",
        r"universidad(?:es)?|universidades?",
        r"universit[ée]s?|m(?:onde|ilieu)\s+universitaire",
    ),
    "private_sector": (
        r"private\s+sector|companies",
        r"sector\s+privado|empresas",
        r"setor\s+privado",
        r"secteur\s+priv[ée]|entreprises",
    ),
    "un_agency": (
        r"(?:united\s+nations|un)\s+agencies(?:,?\s+funds,?\s+(?:and|&)\s+program\w*)?",
        r"agencias(?:,?\s+fondos\s+y\s+programas)?\s+de\s+(?:las\s+)?naciones\s+unidas",
        r"ag[êe]ncias(?:,?\s+fundos\s+e\s+programas)?\s+das\s+na[çc][õo]es\s+unidas",
        r"(?:agences|institutions|organismes)(?:,?\s+fonds\s+et\s+programmes)?\s+des\s+nations\s+unies",
    ),
    "international_organization": (
        r"international\s+(?:and|or)\s+intergovernmental\s+organi[sz]ations?",
        r"(?:international|intergovernmental)\s+organi[sz]ations?",
        r"organi[zs]aciones\s+(?:internacionales|intergubernamentales)",
        r"organiza[çc][õo]es\s+(?:internacionais|intergovernamentais)",
        r"organisations\s+(?:internationales|intergouvernementales)",
    ),
    "financial_institution": (
        r"(?:international\s+)?financial\s+institutions?",
        r"instituci(?:[óo]n|ones)\s+financieras?(?:\s+internacional(?:es)?)?",
        r"institui[çc](?:[ãa]o|[õo]es)\s+financeiras?(?:\s+internaciona(?:l|is))?",
        r"institutions?\s+financi[èe]res?(?:\s+internationales?)?",
    ),
    "regional_organization": (
        r"(?<!sub)(?<!sub-)regional\s+organi[sz]ations?",
        r"organizaci(?:[óo]n|ones)\s+regional(?:es)?",
        r"organiza[çc][õo]es\s+regionais",
        r"organisations?\s+r[ée]gionales?",
    ),
    "subregional_mechanism": (
        r"sub-?regional\s+(?:mechanisms|processes)",
        r"mecanismos\s+sub-?regional?es|mecanismos\s+sub-?regionais",
        r"m[ée]canismes\s+sous-r[ée]gionaux",
    ),
}
CATEGORY = re.compile(
    "|".join(rf"(?P<{code}>\b(?:{'|'.join(words)})\b)" for code, words in _WORDS.items()), re.IGNORECASE
)
_ABOUT = (
    r"over|about|some|nearly|more\s+than|m[áa]s\s+de|mais\s+de|cerca\s+de|plus\s+de|environ|unas|unos|quelque"
)
# A figure right before the words: "eleven United Nations agencies", "over 150 participants".
FIGURE_BEFORE = re.compile(
    rf"(?<![\w.,])(?:(?:{_ABOUT})\s+)?(?P<number>{NUMBER})\s+(?:\w+\s+){{0,2}}$", re.IGNORECASE
)
PERSONS = re.compile(
    r"\b(?:persons?|people|personas?|pessoas?|personnes?|representatives?|representantes?|représentant\w*)\b",
    re.IGNORECASE,
)
