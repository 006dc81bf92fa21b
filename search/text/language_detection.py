"""In which of our languages a short text is written: by its small words, its letters and its endings; pure.

Made for titles, questions and single words, without a model and without a dictionary. What somebody has
declared counts more than any guess. Words that several languages share count less the more they share
them, so `registro civil` stays undecided between Spanish and Portuguese.
"""

import re
from collections.abc import Iterator

from search.text import analysis

_MOST_WORDS = 200
_SMALL_WORDS = {
    "es": """a al ante antes aquel aquella aquellas aquellos aun aunque cada como con contra cual cuales
        cuando de del desde donde dos durante e el ella ellas ellos en entre era es esa esas ese eso esos
        esta estas este esto estos estan fue fueron ha hace hacia han hasta hay la las le les lo los mas
        mediante mi mientras muy nada ni no nos nuestra nuestras nuestro nuestros o otra otras otro otros
        para pero por porque pueden puede que quien quienes se sea sean segun ser si sin sobre son su sus
        tambien tiene tienen toda todas todo todos tras tres tu u un una unas uno unos y ya yo hacer sido
        estar estaba habia sera donde cuanto cuantos cuantas cuantas como el la""",
    "pt": """a agora ainda ao aos apos aquela aquele as assim ate cada com como contra da das de dela dele
        desde do dois dos durante e ela elas ele eles em entre era essa essas esse esses esta estas este
        estao foi foram ha isso isto ja la lhe lhes mais mas mediante meu minha muito na nas nao nem no nos
        nossa nossas nosso nossos num numa nunca o onde os ou outra outras outro outros para pela pelas
        pelo pelos podem pode por porque pouco qual quais quando que quem sao se seja sejam sem ser seu seus
        sob sobre sua suas tambem tem ter toda todas todo todos tres um uma umas uns voce fazer sido estar
        quantos quantas sera e""",
    "fr": """a afin ainsi alors apres au aucun aussi autre autres aux avant avec avoir car ce cela celle
        celles celui ces cet cette ceux chaque comme comment contre dans de depuis des deux doivent donc
        dont du elle elles en entre est et etait etre eux fait faire il ils je jusque la le les leur leurs
        lors lorsque mais meme moins ne ni nos notre nous on ont ou par parmi pas pendant peut peuvent plus
        pour pourquoi quand que quel quelle quelles quels qui sa sans se selon sera ses si son sont sous
        sur tous tout toute toutes tres trois un une vers via votre vous y qu l d quoi combien""",
    "en": """a about across after against all also am among an and any are as at be because been before
        being between both but by can could did do does during each every for from had has have he her his
        how i if in into is it its may more most must my no nor not of on one or other our out over own per
        shall she should since so some such than that the their them then there these they this those
        three through to two under until up us was we were what when where whether which while who whom
        whose why will with within without would you your yet only many much""",
}
# A sign at the end of a folded word (or within it, `~`), and the languages that have it, with its weight.
_SIGNS = """
    cion:es:3 ciones:es:3 sion:es,fr,en:.6 siones:es:2.5 xion:es:2 dad:es:2.5 tad:es:2 dades:es,pt:1.5
    miento:es:3 mientos:es:3 aje:es:1.2 ajes:es:1.2 ero:es:.5 eros:es:.5 illo:es:1.5 illa:es:1.2
    eza:es,pt:1 ble:es,fr,en:.4 bles:es,fr:.6 ales:es:.6 iles:es:.7 ores:es,pt:.6 dor:es,pt:1
    dora:es,pt:1 ia:es,pt:.6 ias:es,pt:.8 io:es,pt:.8 ios:es,pt:.9 ario:es,pt:.5 ~ll:es:.4 ~ue:es,fr:.3
    z:es,pt:.4 d:es,en:.3 ez:es,fr,pt:.4 ~ie:es:.2 encia:es:1.4 ancia:es:1.4 encias:es:1.4 ancias:es:1.4
    cao:pt:3 coes:pt:3 sao:pt:2.5 soes:pt:2.5 ao:pt:1.5 oes:pt:2 aes:pt:2 dade:pt:2.5 ~nh:pt:2 ~lh:pt:2
    mento:es:.6 mento:pt:1 mentos:es:.6
    mentos:pt:1 ea:es:.8 eas:es:.8 oas:pt:1 ~ei:pt,en:.4 ey:es,en:.8 ee:en:.8
    oy:es:.5 uy:es:.5 eira:pt:1.8 eiro:pt:1.8 eiras:pt:1.8 eiros:pt:1.8 agem:pt:2 agens:pt:2
    em:pt:.7 ens:pt:.6 am:pt:.5 m:pt:.3 ais:pt:.9 eis:pt:1 ois:pt,fr:.5 ou:pt,fr:.5 enca:pt:1.5
    ~ss:pt,fr,en:.4 vel:pt:1.2 veis:pt:1.6 aude:pt:1 oso:es,pt:.8 osa:es,pt:.8 ista:es,pt:.8
    istas:es,pt:.8 encia:pt:.7 ancia:pt:.7 encias:pt:.7 ancias:pt:.7 o:es,pt:.7 os:es,pt:.8 a:es,pt:.5
    as:es,pt:.6 ado:es,pt:.5 ada:es,pt:.5 ndo:es,pt:.8 ar:es,pt:.5 ir:es,pt,fr:.3 tion:fr,en:1.2
    tions:fr,en:1.2 ment:fr,en:1 ments:fr,en:1 ite:fr:1 ites:fr:1.2 eux:fr:2.5 euse:fr:2.5 euses:fr:2.5
    eau:fr:2.5 eaux:fr:2.5 aux:fr:2 que:fr:.9 ques:fr:1.2 oire:fr:2 oires:fr:2 ance:fr,en:.8
    ence:fr,en:.8 ances:fr,en:.8 ences:fr,en:.8 ie:fr:1.2 ies:fr,en:.8 ee:fr:.8 ees:fr:1 eur:fr:2
    eurs:fr:2 aire:fr:2 aires:fr:2 ique:fr:1.5 iques:fr:2 ien:fr:1 ienne:fr:2 iennes:fr:2 elle:fr:1.2
    elles:fr:1.2 ale:fr:1 ette:fr:1.5 if:fr:1 ifs:fr:1.5 ive:fr,en:.7 ives:fr,en:.7 age:fr,en:.7
    ages:fr,en:.7 oi:fr:1.2 ~eui:fr:1.5 ~oeu:fr:2 ~ou:fr,en:.3 ere:fr:1 eres:fr:.8 er:fr,en:.4
    ant:fr,en:.4 ants:fr,en:.7 ent:fr,en:.4 ents:fr,en:.7 t:fr,en:.4 ts:fr,en:.5 e:fr,en:.2 isme:fr:2
    iste:fr:1.5 istes:fr:2 oix:fr:2 onne:fr:1.5 onnes:fr:1.5 enne:fr:2 ennes:fr:2 is:fr,en:.2 ing:en:3
    ings:en:3 ness:en:3 ed:en:1.5 ly:en:2.5 ship:en:3 ships:en:3 hood:en:3 less:en:3 ful:en:2 ty:en:2
    y:en:1.2 th:en:2 ths:en:2 ~th:en:.6 ~sh:en:1.5 ~w:en:1.2 ~k:en:1.2 ght:en:2 ghts:en:2 ~ee:en:.7
    ~oo:en:1.2 ock:en:1.5 ck:en:1.5 ism:en:2 isms:en:2 ic:en:1.2 ics:en:1.5 al:es,pt,en,fr:.1
    ers:en,fr:.5 ors:en:1 or:en,es,pt:.2 nal:en,fr,es,pt:.1 ss:en:1 ld:en:1.5 rd:en:1 nd:en:1 ngs:en:2
    nt:fr,en:.3 ~ough:en:2 um:en:.5 us:fr,en:.3 p:en:1 ps:en:1 g:en:.6 gs:en:1 rs:en,fr:.4 ds:en,fr:.5
    ls:en,fr:.3 ns:fr,en,pt:.2 ms:en:.8"""
_LETTERS = {
    "ñ": {"es": 4.0},
    "¿": {"es": 4.0},
    "¡": {"es": 4.0},
    "ã": {"pt": 4.0},
    "õ": {"pt": 4.0},
    "â": {"pt": 1.0, "fr": 1.0},
    "ê": {"pt": 1.2, "fr": 1.2},
    "ô": {"pt": 1.2, "fr": 1.2},
    "ç": {"pt": 1.5, "fr": 1.0},
    "à": {"fr": 1.5, "pt": 1.0},
    "è": {"fr": 3.0},
    "ù": {"fr": 3.0},
    "û": {"fr": 3.0},
    "î": {"fr": 3.0},
    "ï": {"fr": 2.0},
    "ë": {"fr": 2.0},
    "œ": {"fr": 4.0},
    "é": {"fr": 0.7, "es": 0.4, "pt": 0.4},
    "á": {"es": 1.0, "pt": 1.0},
    "í": {"es": 1.0, "pt": 1.0},
    "ó": {"es": 1.2, "pt": 0.8},
    "ú": {"es": 0.9, "pt": 0.9},
    "ía": {"es": 1.0},
    "án": {"es": 1.5},
    "én": {"es": 1.5},
    "ín": {"es": 1.5},
    "ún": {"es": 1.5},
    "ári": {"pt": 1.5},
    "óri": {"pt": 1.5},
    "úti": {"pt": 1.0},
}
_FRENCH_ELISION = re.compile(r"\b(?:[ldjnsmtc]|qu|jusqu|lorsqu)['’]\w", re.IGNORECASE)
_ENGLISH_POSSESSIVE = re.compile(r"\w['’]s\b", re.IGNORECASE)


def _small_words() -> dict[str, dict[str, float]]:
    languages: dict[str, list[str]] = {}
    for language, text in _SMALL_WORDS.items():
        for word in dict.fromkeys(text.split()):
            languages.setdefault(word, []).append(language)
    return {
        word: dict.fromkeys(spoken_in, 2.0 / len(spoken_in) ** 1.5) for word, spoken_in in languages.items()
    }


def _signs() -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    endings: dict[str, dict[str, float]] = {}
    insides: dict[str, dict[str, float]] = {}
    for entry in _SIGNS.split():
        sign, languages, weight = entry.split(":")
        table = insides if sign.startswith("~") else endings
        weights = table.setdefault(sign.removeprefix("~"), {})
        for language in languages.split(","):
            weights[language] = max(weights.get(language, 0.0), float(weight))
    return endings, insides


_WEIGHTS = _small_words()
_SMALL = {language: frozenset(text.split()) for language, text in _SMALL_WORDS.items()}
_ENDINGS, _INSIDES = _signs()
_LONGEST_ENDING = max(map(len, _ENDINGS))


def language_of(text: str, declared: str = "") -> str:
    """The declared language when it is one of ours, else the likeliest one; empty when nothing tells."""
    code = declared[:2].lower()
    if code in analysis.LANGUAGES:
        return code
    ranked = sorted(scores(text).items(), key=lambda each: -each[1])
    (best, most), (_, second) = ranked[:2]
    return best if most > second else ""


def is_small(word: str, language: str) -> bool:
    """Whether the word is one of the language's articles, prepositions and the like."""
    folded = analysis.folded(word)
    return bool(folded) and all(part in _SMALL.get(language, ()) for part in folded)


def may_be(text: str, language: str) -> bool:
    """Whether nothing tells that the text is in another of our languages."""
    chances = scores(text)
    return language in chances and chances[language] >= max(chances.values())


def scores(text: str) -> dict[str, float]:
    """How much speaks for each language, rounded so that equal evidence is equal."""
    sums = dict.fromkeys(analysis.LANGUAGES, 0.0)
    for weights in _evidence(text):
        for language, weight in weights.items():
            sums[language] += weight
    return {language: round(score, 6) for language, score in sums.items()}


def _evidence(text: str) -> Iterator[dict[str, float]]:
    words = analysis.words(text[: _MOST_WORDS * 20])[:_MOST_WORDS]
    lower = text[: _MOST_WORDS * 20].lower()
    yield from (weights for letters, weights in _LETTERS.items() if letters in lower)
    for word in words:
        if _FRENCH_ELISION.match(word):
            yield {"fr": 2.0}
        elif _ENGLISH_POSSESSIVE.search(word):
            yield {"en": 2.0}
        yield from _of_word(analysis.folded(word)[-1:])


def _of_word(parts: list[str]) -> Iterator[dict[str, float]]:
    for word in parts:
        if (small := _WEIGHTS.get(word)) is not None:
            yield small
            continue
        for length in range(min(_LONGEST_ENDING, len(word) - 1), 0, -1):
            if (ending := _ENDINGS.get(word[-length:])) is not None:
                yield ending
                break
        for inside, weights in _INSIDES.items():
            if inside in word:
                yield weights
