"""The words by which a concept note shows its structure, in English, Spanish, Portuguese and French."""

import re

_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_SPELLED = {
    word: number
    for number, words in enumerate(
        (
            "one uno um un une primero primer primeiro premier première first",
            "two dos dois deux segundo second deuxième",
            "three tres três trois tercero tercer terceiro troisième third",
            "four cuatro quatro quatre cuarto quarto quatrième fourth",
            "five cinco cinq quinto cinquième fifth",
            "six seis sexto sixième sixth",
            "seven siete sete sept séptimo sétimo septième seventh",
            "eight ocho oito huit octavo oitavo huitième eighth",
        ),
        start=1,
    )
    for word in words.split()
}
_NUMBER = rf"(?P<number>\d{{1,2}}|{'|'.join(sorted([*_ROMAN, *_SPELLED], key=len, reverse=True))})"
_SEGMENT = r"segment(?:o)?s?"
_ADJECTIVE = r"(?:\s+(?:thematic|tem[áa]tico|th[ée]matique))?"
_SEPARATOR = r"\s*(?P<separator>[:.–—\-|)]+|$)\s*"
SEGMENT_PATTERNS = (
    re.compile(
        rf"^(?:thematic\s+)?{_SEGMENT}{_ADJECTIVE}\s*(?:n[.°ºo]{{0,2}}|num\.?|n[úu]m(?:ero)?|number|num[ée]ro|\#)?\s*{_NUMBER}"
        rf"(?!\w){_SEPARATOR}(?P<title>.*)$",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        rf"^{_NUMBER}(?:\s*(?:st|nd|rd|th|er|[èe]re|[èe]me|º|ª|°|\.|\)))?\s+{_SEGMENT}{_ADJECTIVE}"
        rf"(?!\w){_SEPARATOR}(?P<title>.*)$",
        re.IGNORECASE | re.DOTALL,
    ),
)
# A heading may do without the sign between number and title.
SEGMENT_HEADING = re.compile(
    rf"^(?:thematic\s+)?{_SEGMENT}{_ADJECTIVE}\s+{_NUMBER}(?!\w)(?P<separator>)\s+(?P<title>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)

NOTE_KIND = re.compile(
    r"^\W*(?:(?:draft|borrador|projet|minuta)\s+)?(?:concept\s+note|nota\s+conceptual|nota\s+de\s+concepto"
    r"|nota\s+conceitual|nota\s+de\s+conceito|note\s+conceptuelle|note\s+de\s+(?:concept|cadrage)"
    r"|documento\s+conceptual)\b\W*",
    re.IGNORECASE,
)
INTRODUCTION = re.compile(
    r"\b(?:introduc|introdu[çc]|presentation|presentaci|apresenta|présentation)", re.IGNORECASE
)
SECTION_TITLES = re.compile(
    r"^(?:introducti|introducci|introdu[çc]|context|background|antecedent|antécédent|presentaci|apresenta|présentation"
    r"|objective|objetivo|objecti|purpose|justifica|rationale|methodolog|metodolog|méthodolog|technical|estrat|áreas\s"
    r"|marco|cadre|framework|conten)",
    re.IGNORECASE,
)
SECTION_NUMBER = re.compile(r"^(?P<mark>[IVX]{1,5}|[A-H]|\d{1,2})(?:\s*[.):–—\-]+|\s)\s*(?=\S)")

AREA_LABEL = re.compile(
    r"^(?:(?:thematic\s+)?area|(?:thematic\s+)?(?:theme|topic|axis)|[áa]rea(?:\s+tem[áa]tica)?|tema|eje(?:\s+tem[áa]tico)?"
    r"|eixo(?:\s+tem[áa]tico)?|tópico|domaine(?:\s+thématique)?|axe(?:\s+thématique)?|thème)"
    r"(?:\s*(?:n[.°º]{1,2}\s*)?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[a-h](?=\s*[:.)])))?\s*[:.)–—\-]\s*(?=\S)",
    re.IGNORECASE,
)
ENUMERATOR = re.compile(
    r"^(?:[-–—•*·▪◦]\s*|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,5})\)\s*|\d{1,2}(?:\.\d{1,2})+\.?\s+|\d{1,2}\.\s+"
    r"|(?:[a-h]|[ivx]{1,5})\.\s+)",
    re.IGNORECASE,
)
_GUIDING = (
    r"guiding|guide|key|suggested|orienting|leading|orientador[ae]s?|gu[ií]as?|clave|norteador[ae]s?|motivador[ae]s?|chave"
    r"|sugerid[ao]s|directrices|d['’]orientation|cl[ée]s?|indicatives?|suggérées|indicativas"
)
LABEL = re.compile(
    rf"^\W*(?:(?:some|the|las|los|as|os|les|des|algunas|algumas|quelques)\s+)?(?:(?:following|siguientes|seguintes|suivantes)\s+)?"
    rf"(?:(?:{_GUIDING})\s+)?(?:questions?|preguntas?|perguntas?|quest[õo]es)"
    rf"(?:\s+(?:{_GUIDING}|(?:to|para|pour)\s+(?:\w+\s+){{0,6}}\w+|sugeridas|de\s+\w+))?\s*[:.]?\W*$",
    re.IGNORECASE,
)

INTERROGATIVE = re.compile(
    r"^[\"'“‘«(¿\s]*(?:¿|(?:(?:in|to|for|from|by|with|on|at|through|of|en|de|a|con|por|para|desde|hasta|em|com|até|à|dans"
    r"|par|pour|avec)\s+)?"
    r"(?:how|what|which|who|whom|whose|where|when|why|cómo|qué|cuál(?:es)?|quién(?:es)?|dónde|cuándo|cuánt[oa]s?"
    r"|como|que|quê|qual|quais|quem|onde|quando|quant[oa]s?|comment|quels?|quelles?|qui|quoi|où|quand|pourquoi"
    r"|combien|qu['’]est-ce|est-ce|peut-on|faut-il|laquelle|lesquel(?:le)?s)(?!\w)"
    r"|(?:is|are|was|can|could|should|would|do|does|did|will|has|have|may|must|if\s+so|if\s+not)\s)",
    re.IGNORECASE,
)
_VERBS = {
    "en": "is are was were has have can could should must will would may seeks aims invites invited",
    "es": "es son está están ha han puede pueden debe deben busca buscan invita tiene tienen",
    "pt": "é são está estão tem têm pode podem deve devem busca buscam convida foi foram",
    "fr": "est sont ont peut peuvent doit doivent vise visent invite invitent sera seront",
}
VERBS = {
    language: re.compile(rf"\b(?:{'|'.join(words.split())})\b", re.IGNORECASE)
    for language, words in _VERBS.items()
}
# A title that ends so goes on in the next line.
OPEN_END = re.compile(
    r"(?:,|\b(?:and|or|of|for|to|in|the|with|as|a|by|from|y|e|o|de|del|la|las|los|el|en|para|con|como|por|do|da|dos|das"
    r"|em|os|com|et|ou|du|des|les|le|pour|dans|avec|à|au|aux|comme))$",
    re.IGNORECASE,
)
PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|p[áa]gina|p[áa]g\.?|p\.)\s*)?\d{1,3}(?:\s*(?:/|of|de|sur)\s*\d{1,3})?\W*$", re.IGNORECASE
)


def number_of(text: str) -> int:
    """The number a segment's heading gives: 3 for "3", "III" and "three"."""
    word = text.lower()
    return int(word) if word.isdigit() else _ROMAN.get(word) or _SPELLED[word]


def has_verb(text: str, language: str) -> bool:
    """Whether a line reads like a sentence rather than a title."""
    return language in VERBS and bool(VERBS[language].search(text))
