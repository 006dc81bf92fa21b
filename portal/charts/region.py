"""Where each country of Latin America and the Caribbean stands on a map of equal squares; maps read it.

By ISO 3166 code: column and row, from 1. Small islands weigh as much as others.
"""

from portal.common.countries import ELSEWHERE

PLACES = {
    "MX": (1, 2),
    "BZ": (3, 3),
    "GT": (2, 3),
    "HN": (3, 4),
    "SV": (2, 4),
    "NI": (3, 5),
    "CR": (3, 6),
    "PA": (4, 6),
    "BS": (5, 1),
    "CU": (4, 2),
    "JM": (5, 3),
    "HT": (6, 2),
    "DO": (7, 2),
    "KN": (8, 2),
    "AG": (9, 2),
    "DM": (9, 3),
    "LC": (9, 4),
    "VC": (8, 4),
    "BB": (10, 4),
    "GD": (8, 5),
    "TT": (8, 6),
    "CO": (5, 7),
    "VE": (6, 6),
    "GY": (7, 7),
    "SR": (8, 7),
    "EC": (5, 8),
    "PE": (5, 9),
    "BR": (7, 8),
    "BO": (6, 9),
    "PY": (7, 9),
    "CL": (5, 10),
    "AR": (6, 10),
    "UY": (7, 10),
}


def is_country(code: str) -> bool:
    """Whether a code of a record stands for one country; `XX` stands for several."""
    return len(code) == 2 and code.isalpha() and code != ELSEWHERE


def path_of_country(code: str, language: str) -> str:
    """Its public page; empty for what is no country."""
    return f"/{language}/countries/{code.lower()}/" if is_country(code) else ""
