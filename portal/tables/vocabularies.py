"""Words that tables of several apps share: countries and languages; every import that has them calls it."""

from portal.common.countries import COUNTRIES, ELSEWHERE, UNION
from portal.common.languages import OWN_NAMES
from portal.common.phrases import LANGUAGE_NAMES
from portal.tables.columns import Vocabulary

# Names that people write and CLDR does not use.
COUNTRY_VOCABULARY = Vocabulary(
    COUNTRIES,
    {
        "TT": ("Trinidad y Tabago",),
        "KN": ("Saint-Kitts-et-Nevis",),
        UNION: ("UE",),
        ELSEWHERE: (
            *("regional", "régional", "several countries", "varios países", "vários países"),
            # What it was called before.
            *("Several countries or elsewhere", "Varios países u otro lugar"),
            *("Vários países ou outro lugar", "Plusieurs pays ou ailleurs"),
        ),
    },
)
LANGUAGE_VOCABULARY = Vocabulary(LANGUAGE_NAMES, {code: (name,) for code, name in OWN_NAMES.items()})
