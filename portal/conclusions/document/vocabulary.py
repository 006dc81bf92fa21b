"""The words by which conclusions show their structure, in English, Spanish, Portuguese and French."""

import re

from portal.conclusions.document.numbers import NUMBER
from portal.conclusions.enums import PartKind

# A heading's own number: "II.", "3.1", "B)", or a Roman number before a space.
HEADING_NUMBER = re.compile(
    r"^(?P<mark>[IVX]{1,5}(?=\s*[.):–—\-]|\s)|[A-H](?=\s*[.)])|\d{1,2}(?:\.\d{1,2})*(?=\s*[.):–—\-]|\s))\s*[.):–—\-]*\s*(?=\S)"
)
ROMAN_CHAPTER = re.compile(r"^(?P<mark>[IVX]{1,5})(?:\s*[.):–—\-]+\s*|\s+)(?=[^\W\d_])")
SECTIONS: tuple[tuple[PartKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"^(?:the\s|la\s|el\s|a\s|o\s|le\s|l['’])?(?:{words})", re.IGNORECASE))
    for kind, words in (
        (PartKind.INTRODUCTION, r"introducti|introducci|introdu[çc]|pr[ée]sentation|presentaci|apresenta"),
        (
            PartKind.INAUGURATION,
            r"inaugura|opening|apertura|abertura|ouverture|(?:sesi[óo]n|sess[ãa]o) inaugural",
        ),
        (PartKind.PARTICIPANTS, r"particip|attend|asistentes|asistencia|who took part|quienes participaron"),
        (
            PartKind.PANEL,
            r"(?:\w+[\s-]){0,3}(?:panel|painel|panneau)\b|table ronde|mesa redonda|round ?table",
        ),
    )
)
CLOSING = re.compile(
    r"^(?:clos(?:ing|ure)|cierre|clausura|encerramento|cl[ôo]ture|annex|anexo|follow-?up|seguimiento|suivi"
    r"|acompanhamento|next steps|pr[óo]ximos pass?os|prochaines [ée]tapes|way forward"
    r"|final (?:remarks|considerations)|(?:consideraciones|considera[çc][õo]es) fina(?:les|is)"
    r"|acknowledg|agradecim|remerciements|general conclusions"
    r"|conclusiones generales|conclus[õo]es gerais|conclusions? g[ée]n[ée]rales?)",
    re.IGNORECASE,
)
_AREA = (
    r"(?:priority\s+(?:focus\s+)?|thematic\s+|key\s+)?areas?(?:\s+of\s+focus)?|(?:priority|thematic)\s+(?:themes?|topics?|ax[ei]s)"
    r"|[áa]reas?\s+(?:priorit[áa]rias?|tem[áa]ticas?)|(?:temas?|ejes?|eixos?)\s+(?:priorit[áa]rios?|tem[áa]ticos?)"
    r"|(?:domaines?|axes?|th[èe]mes?)\s+(?:prioritaires?|th[ée]matiques?)"
)
# "Priority area 1: ..." before the title of an area.
AREA_LABEL = re.compile(
    rf"^(?:\(?[\dIVXa-h.]{{1,4}}[.)]\s*)?(?:{_AREA}|[áa]rea|eje|eixo|axe|domaine)\s*(?:n[.°ºo]{{1,2}}\s*)?"
    r"(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[a-h](?=\s*[:.)–—-]))\s*[:.)–—\-]*\s*(?=\S)",
    re.IGNORECASE,
)
# "..., six priority areas of focus were identified": how many there are.
ANNOUNCED = re.compile(rf"\b(?P<number>{NUMBER})\s*(?:\w+\s+){{0,2}}?(?:{_AREA})\b(?!\s*\d)", re.IGNORECASE)
_RECOMMENDATIONS = (
    r"recommendations?|recomendaciones|recomenda[çc][õo]es|recommandations?|propuestas|propostas|proposals"
    r"|propositions"
)
_PRACTICES = (
    r"(?:good|best|promising)\s+practices?|(?:buenas|mejores)\s+pr[áa]cticas|boas\s+pr[áa]ticas"
    r"|bonnes\s+pratiques"
)
PRACTICES_LABEL = re.compile(
    rf"^\W*(?:[\w.]{{1,4}}[.)]\s+)?(?:\w+\s+){{0,4}}?(?:{_PRACTICES})(?:\s+\w+){{0,4}}\W*$", re.IGNORECASE
)
RECOMMENDATIONS_LABEL = re.compile(
    rf"^\W*(?:[\w.]{{1,4}}[.)]\s+)?(?:\w+\s+){{0,4}}?(?:{_RECOMMENDATIONS})(?:\s+\w+){{0,4}}\W*$",
    re.IGNORECASE,
)
AREAS_LABEL = re.compile(rf"^\W*(?:\w+\s+){{0,2}}?(?:{_AREA})\W*$", re.IGNORECASE)
# A paragraph that tells of practices says so in its first words.
PRACTICE = re.compile(
    rf"^(?:\W*[\w,’'-]+\s+){{0,7}}?(?:{_PRACTICES}|practices\s+(?:were|that)|pr[áa]cticas\s+(?:que|presentadas)"
    r"|pr[áa]ticas\s+(?:que|apresentadas)|pratiques\s+(?:qui|pr[ée]sent[ée]es))",
    re.IGNORECASE,
)
PRACTICES_BEFORE = re.compile(rf"^\W*(?:{_PRACTICES})\s*:", re.IGNORECASE)
# A line before a list that is part of a sentence and no title: "It was recommended to:".
LEADS_IN = re.compile(
    r"\b(?:se|fue|fueron|foi|foram|[ée]t[ée]|to(?=\W*$)|following|siguientes?|seguintes?|suivant(?:e?s)?|recom\w+|propos\w+|propus\w+"
    r"|include[ds]?|incluyen|incluem|incluent)\b",
    re.IGNORECASE,
)
# A line that only names what follows has at most so many words.
LONGEST_LABEL = 8


def section_kind(title: str) -> PartKind | None:
    """The kind a section's title names; None for any other."""
    return next((kind for kind, pattern in SECTIONS if pattern.match(title)), None)
