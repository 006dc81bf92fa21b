"""The endings that number and gender put on a word, in each language; pure, for `search.analysis` only.

Each function takes a folded word and gives its term. Rules are few and safe rather than complete: a word
keeps its own term when in doubt, because a wrong match (`casa` for `caso`) is worse than a missed one.
`niña` stays apart from `niño` on purpose: girls are often what a reader looks for.
"""

from collections.abc import Callable

_SHORTEST = 3
_VOWELS = "aeiou"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _table(text: str) -> dict[str, str]:
    return dict(entry.split(":") for entry in text.split())


def _ending(word: str, endings: tuple[str, ...], before: int = _SHORTEST) -> str | None:
    """The first of the endings that the word has after at least so many letters."""
    return next((end for end in endings if word.endswith(end) and len(word) - len(end) >= before), None)


def _swapped(word: str, swaps: dict[str, str], before: int) -> str | None:
    end = _ending(word, tuple(swaps), before)
    return None if end is None else word[: -len(end)] + swaps[end]


# Feminine endings of Spanish and Portuguese whose masculine is surely the same word.
_IBERIAN_FEMININE = tuple(
    _words("ada ida aria oria osa iva ica ana ena tina lina sina nina cina iera jera rera eira")
)
_IBERIAN_AGENT = tuple(_words("dora tora sora cesa lesa nesa guesa desa"))
_IBERIAN_ADJECTIVES = _words(
    "adulta alta baixa baja conjunta digna distinta externa interna justa latina lusa media minoritaria "
    "mixta nova nueva paritaria plana plena previa primeira primera propia propria segura terceira "
    "tercera unica"
)
_IBERIAN_APART = _words("apatrida comisaria estada indigena oficina partida semana ventana")


def _iberian_gender(word: str) -> str:
    if word in _IBERIAN_APART:
        return word
    if word in _IBERIAN_ADJECTIVES or _ending(word, _IBERIAN_FEMININE):
        return word[:-1] + "o"
    if _ending(word, _IBERIAN_AGENT, 2):
        return word[:-1]
    return word


def _iberian_e(word: str) -> str:
    """Without `es` or a last `e`: that is how words in -e and words in a consonant share a plural."""
    while word.endswith("es") and len(word) > 4:
        word = word[:-2]
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST else word


def _iberian_s(word: str) -> str:
    """Without the s of the plural; crisis, virus and mes keep theirs, -es is for `_iberian_e`."""
    long_es = word.endswith("es") and len(word) > 4
    return (
        word[:-1]
        if word.endswith("s") and not long_es and not word.endswith(("is", "ss")) and not _latin_us(word)
        else word
    )


def _iberian_z(word: str) -> str:
    return word[:-1] + "c" if word.endswith("z") else word


def spanish(word: str) -> str:
    """naciones~nación, países~país, refugiadas~refugiado, voces~voz; crisis and virus keep their s."""
    if len(word) <= _SHORTEST:
        return _iberian_z(word)
    if word.endswith("ises") and len(word) > 5:
        return word[:-2]
    word = _iberian_s(word)
    return _iberian_z(_iberian_e(_iberian_gender(word)))


def _latin_us(word: str) -> bool:
    """virus, status, campus: the s is no plural."""
    return word.endswith("us") and len(word) > 4 and word[-3] not in _VOWELS


_PORTUGUESE_ODD = _table(
    "maes:mae mae:mae cidada:cidadao cidadas:cidadao irmas:irma uteis:util frageis:fragil faceis:facil "
    "dificeis:dificil habeis:habil ageis:agil ferteis:fertil projeteis:projetil herois:heroi "
    "gratis:gratis europeia:europeu europeias:europeu depois:depois demais:demais leis:lei"
)
_PORTUGUESE_NASAL_PLURALS = _table("oes:ao aes:ao ens:em ins:im ons:om uns:um")
_PORTUGUESE_L_PLURALS = _table("ais:al eis:el ois:ol uis:ul")


def portuguese(word: str) -> str:
    """proteções~proteção, nacionais~nacional, jovens~jovem, refugiadas~refugiado, direcção~direção."""
    word = word.replace("cca", "ca").replace("cco", "co")
    if len(word) <= _SHORTEST:
        return _iberian_z(word)
    if word in _PORTUGUESE_ODD:
        return _PORTUGUESE_ODD[word]
    if word.endswith("ises") and len(word) > 5:
        return word[:-2]
    plural = _swapped(word, _PORTUGUESE_NASAL_PLURALS, 1) or _swapped(word, _PORTUGUESE_L_PLURALS, 2)
    if plural is not None:
        return plural
    if word.endswith("is"):
        return word[:-1] + "l" if len(word) > 4 and word[-3] not in _VOWELS else word
    word = _iberian_s(word)
    return _iberian_z(_iberian_e(_iberian_gender(word)))


_FRENCH_ODD = _table(
    "jeux:jeu lieux:lieu milieux:milieu enjeux:enjeu feux:feu voeux:voeu cheveux:cheveu neveux:neveu "
    "aveux:aveu travaux:travail yeux:oeil maux:mal baux:bail vitraux:vitrail aux:aux ceux:ceux"
)
_FRENCH_PLURALS = _table("eaux:eau yaux:yau")
_FRENCH_FEMININE = _table(
    "euse:eu eur:eu eux:eu eure:eu enne:en ive:if aise:ai oise:oi iere:ier gere:ger ante:ant ente:ent "
    "aine:ain nine:nin line:lin due:du rue:ru ete:et"
)
_FRENCH_SHORT_FEMININE = _table("trice:teu teuse:teu elle:el ale:al vile:vil verte:vert tine:tin nue:nu")


def french(word: str) -> str:
    """réfugiées~réfugié, nationaux~nationale, travailleuse~travailleur; droit and droite stay apart."""
    if len(word) <= _SHORTEST:
        return word
    if word in _FRENCH_ODD:
        return _FRENCH_ODD[word]
    word = _swapped(word, _FRENCH_PLURALS, 0) or _swapped(word, {"aux": "al"}, 2) or word
    if word.endswith("s") and not word.endswith("ss") and not _latin_us(word):
        word = word[:-1]
    if word in _FRENCH_ODD:
        return _FRENCH_ODD[word]
    if word.endswith("ee") and len(word) > 4:
        return word[:-1]
    return _swapped(word, _FRENCH_SHORT_FEMININE, 2) or _swapped(word, _FRENCH_FEMININE, _SHORTEST) or word


_ENGLISH_ODD = _table(
    "children:child women:woman men:man lives:life wives:wife criteria:criterion crises:crisis "
    "analyses:analysis theses:thesis feet:foot statuses:status campuses:campus viruses:virus "
    "series:series species:species news:news programmes:program programme:program centres:center "
    "centre:center buses:bus halves:half selves:self themselves:themself lens:lens judgements:judgment "
    "judgement:judgment aliases:alias gases:gas atlas:atlas"
)
_BRITISH_OUR = _words("behaviour colour endeavour favour harbour honour humour labour neighbour rumour")
_ENGLISH_IZE = _table("ization:isation izational:isational izing:ising ized:ised ize:ise izer:iser")


def english(word: str) -> str:
    """countries~country, children~child, women~woman, naturalization~naturalisation, labour~labor."""
    if len(word) <= _SHORTEST:
        return _ENGLISH_ODD.get(word, word)
    word = _english_singular(word)
    word = _swapped(word, _ENGLISH_IZE, _SHORTEST) or word
    stem = next((british for british in _BRITISH_OUR if word.startswith(british)), None)
    return word if stem is None else stem[:-2] + "r" + word[len(stem) :]


def _english_singular(word: str) -> str:
    if word in _ENGLISH_ODD:
        return _ENGLISH_ODD[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")) and len(word) > 4:
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _ENGLISH_ODD.get(word[:-1], word[:-1])
    return word


RULES: dict[str, Callable[[str], str]] = {
    "es": spanish,
    "en": english,
    "pt": portuguese,
    "fr": french,
}
