"""Spanish and Portuguese words spelled for all genders without a sign; pure, for the stemmers only.

`refugiadxs` has an x where no vowel stands; `refugiades` has -es in place of -os, which is told by the word,
because plurals in -es are many (`ciudades`, `alemanes`).
"""

import re

from search.text.stemmers.tables import table, words

# An x where the vowel of gender would stand: before -s after a consonant or i, else where it can be no other.
_X = re.compile(r"(?:[bcdfghijklmnpqrstvwyz]xs|[aio]dx|ninh?x)$")
_X_ALSO = frozenset(("latinx", "lx", "ellx", "otrx", "nosotrx", "vosotrx", "latinxs", "lxs"))
# Words and endings whose plural in -es is nobody's but that of a plural in -os.
_WITH_E = table(
    """todes:todos elles:ellos nosotres:nosotros vosotres:vosotros otres:otros nines:ninos ninhes:ninhos
    hijes:hijos filhes:filhos amigues:amigos chiques:chicos vecines:vecinos hermanes:hermanos
    alumnes:alumnos muchaches:muchachos companeres:companeros companheires:companheiros
    abogades:abogados ciudadanes:ciudadanos menines:meninos perseguides:perseguidos
    desaparecides:desaparecidos detenides:detenidos acogides:acogidos nacides:nacidos
    acolhides:acolhidos nascides:nascidos latines:latinos deslocades:deslocados desplazades:desplazados
    refugiades:refugiados exiliades:exiliados exilades:exilados asilades:asilados deportades:deportados
    retornades:retornados repatriades:repatriados documentades:documentados
    indocumentades:indocumentados inmigrades:inmigrados reasentades:reasentados
    reassentades:reassentados
    beneficiaries:beneficiarios voluntaries:voluntarios usuaries:usuarios funcionaries:funcionarios"""
)
_PEOPLES = words(
    """venezolan colombian ecuatorian peruan bolivian chilen argentin uruguay paraguay brasiler mexican
    guatemaltec honduren salvadoren panamen cuban dominican haitian cariben american latinoamerican
    centroamerican venezuelan equatorian brasileir african european sirian afgan"""
)


def _singulars() -> dict[str, str]:
    every = _WITH_E | {f"{stem}es": f"{stem}os" for stem in _PEOPLES}
    return every | {one[:-1]: many[:-1] for one, many in every.items() if len(one) > 6}


_E_WORDS = _singulars()


def masculine_of(word: str) -> str:
    """A folded Spanish or Portuguese word in the masculine, when it is written for all genders."""
    if "x" in word[-2:] and (word in _X_ALSO or (len(word) > 3 and _X.search(word))):
        return word.replace("x", "o") if word in _X_ALSO else _without_x(word)
    return _E_WORDS.get(word, word)


def _without_x(word: str) -> str:
    head, _, tail = word.rpartition("x")
    return f"{head}o{tail}"
