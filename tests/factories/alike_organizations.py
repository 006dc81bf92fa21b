"""Invented organizations in the spellings in which one is entered twice, and near ones that are others.

The spellings are made here by letter and word, not by what the comparison takes apart; the near ones are
written out by hand.
"""

from collections.abc import Callable, Iterator

from portal.organizations.lookalikes.comparing import Named

ORGANIZATIONS = (
    Named("Red Puente de Caña", "RPC", website="https://puentedecana.example", country="CO"),
    Named(
        "Asociación de Mujeres Tejedoras del Camino",
        "AMTC",
        website="https://tejedoras.example",
        country="GT",
    ),
    Named("Grupo Regional del Plan de los Andes", "GAR-PAN", country=""),
    Named("Colectivo Tres Maletas", website="https://facebook.com/tresmaletas", country="MX"),
    Named("Fundación Ocho Orillas", "FOO", website="https://ochoorillas.example", country="EC"),
    Named("Casa de la Persona Refugiada de Tapachula", "CAPRETA", country="MX"),
    Named("Rede Sertão Acolhe", "RSA", website="https://sertaoacolhe.example", country="BR"),
    Named("Instituto Maré de Direitos", "IMD", website="https://www.mare-direitos.example", country="BR"),
    Named("Association Haïti Sans Frontières Fermées", "AHSFF", country="HT"),
    Named("Second Shore Collective", website="https://secondshore.example", country="TT"),
    Named("Municipio de San Jacinto del Monte", country="PE"),
    Named("Cooperativa Ñandubay de Migrantes", "CÑM", country="PY"),
    Named("Observatorio de Fronteras Abiertas", "OFA", country="CL"),
    Named("Universidad Popular del Guaviare", "UPG", website="https://upg.example", country="CO"),
    Named("Jóvenes Sin Mapa", website="https://instagram.com/jovenessinmapa", country="VE"),
    Named("Guardianas del Río Suchiate", country="GT"),
    Named("Clínica Jurídica Quetzal", "CJQ", country="GT"),
    Named("Empresas por la Llegada", website="https://llegada.example", country="PA"),
)
# Each pair stands for two organizations that exist side by side.
OTHERS = (
    (Named("Cruz Verde Ecuador", country="EC"), Named("Cruz Verde Perú", country="PE")),
    (Named("Municipio de Quito Viejo", country="EC"), Named("Municipio de Quijos", country="EC")),
    (Named("Red de Mujeres Migrantes", country="MX"), Named("Red de Mujeres Rurales", country="MX")),
    (Named("Alianza del Norte", country="HN"), Named("Alianza del Sur", country="HN")),
    (Named("Ministerio del Interior", country="CL"), Named("Ministerio del Interior", country="UY")),
    (
        Named("Universidad de la Costa", "UC", country="CO"),
        Named("Universidad del Cauca", "UC", country="CO"),
    ),
    (
        Named("Comité de Derechos Humanos", "CDH", country="MX"),
        Named("Centro de Día Hogar", "CDH", country="PE"),
    ),
    (Named("Fundación Ocho Orillas", country="EC"), Named("Fundación Ocho Montes", country="EC")),
    (
        Named("Asociación Venezolanos en Lima", country="PE"),
        Named("Asociación Haitianos en Lima", country="PE"),
    ),
    (Named("Jóvenes Sin Mapa", country="VE"), Named("Jóvenes Sin Techo", country="VE")),
    (Named("Casa de la Mujer Refugiada", country="MX"), Named("Casa del Niño Refugiado", country="MX")),
    (Named("Rede Sertão Acolhe", country="BR"), Named("Rede Amazônia Acolhe", country="BR")),
    (
        Named("Puente Norte", website="https://facebook.com/puentenorte", country="MX"),
        Named("Semilla Azul", website="https://facebook.com/semillaazul", country="MX"),
    ),
    (Named("Instituto Maré de Direitos", country="BR"), Named("Instituto Mata de Direitos", country="BR")),
    (Named("Observatorio de Fronteras", country="CL"), Named("Observatorio de Precios", country="CL")),
)


def spellings() -> Iterator[tuple[str, Named, Named]]:
    """How it was changed, an organization, and the same one as somebody else entered it."""
    for known in ORGANIZATIONS:
        for how, change in _CHANGES.items():
            if (changed := change(known)) is not None and changed != known:
                yield how, known, changed


def different() -> Iterator[tuple[Named, Named]]:
    """Every two of the organizations, and the near ones."""
    for place, one in enumerate(ORGANIZATIONS):
        yield from ((one, other) for other in ORGANIZATIONS[place + 1 :])
    yield from OTHERS


def _called(known: Named, name: str) -> Named:
    """Entered without anything that would give it away but its name and country."""
    return Named(name, country=known.country)


def _bare(known: Named) -> str:
    plain = str.maketrans("áéíóúñçãõïèÁÉÍÓÚÑ", "aeiouncaoieAEIOUN")
    return known.name.translate(plain)


def _slip(known: Named) -> str:
    """Two letters of the longest word change places."""
    longest = max(known.name.split(), key=len)
    middle = len(longest) // 2
    slipped = longest[: middle - 1] + longest[middle] + longest[middle - 1] + longest[middle + 1 :]
    return known.name.replace(longest, slipped)


def _dropped(known: Named) -> str:
    longest = max(known.name.split(), key=len)
    return known.name.replace(longest, longest[:-2] + longest[-1])


def _cyrillic(known: Named) -> str:
    return known.name.translate(str.maketrans("aeopcxAEOPCX", "аеорсхАЕОРСХ"))


def _wide(known: Named) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in known.name)


def _reordered(known: Named) -> str:
    first, *rest = known.name.split()
    return f"{' '.join(rest)}, {first}"


def _by_acronym(known: Named) -> Named | None:
    return _called(known, known.acronym) if len(known.acronym) > 2 else None


def _acronym_in_other_marks(known: Named) -> Named | None:
    if len(known.acronym) < 3:
        return None
    return _called(known, ".".join(known.acronym.replace("-", "")) + ".")


def _by_site(known: Named) -> Named | None:
    if not known.website:
        return None
    website = known.website.replace("https://", "http://www.").replace("www.www.", "www.") + "/"
    return Named("Nuestra casa común", website=website, country=known.country)


def _by_alias(known: Named) -> Named:
    return Named("Nombre nuevo de otra época", aliases=(known.name,), country=known.country)


_CHANGES: dict[str, Callable[[Named], Named | None]] = {
    "capitals": lambda known: _called(known, known.name.upper()),
    "without accents": lambda known: _called(known, _bare(known)),
    "letters of another script": lambda known: _called(known, _cyrillic(known)),
    "wide letters": lambda known: _called(known, _wide(known)),
    "a zero for an o": lambda known: _called(known, known.name.replace("o", "0")),
    "an invisible letter": lambda known: _called(known, known.name[:4] + "\u200b" + known.name[4:]),
    "other marks": lambda known: _called(known, known.name.replace(" ", " - ")),
    "in one word": lambda known: _called(known, known.name.replace(" ", "")),
    "legal form": lambda known: _called(known, f"{known.name}, A.C."),
    "acronym behind": lambda known: _called(known, f"{known.name} ({known.acronym or 'ONG'})"),
    "other order": lambda known: _called(known, _reordered(known)),
    "two letters swapped": lambda known: _called(known, _slip(known)),
    "a letter dropped": lambda known: _called(known, _dropped(known)),
    "by its acronym": _by_acronym,
    "acronym in other marks": _acronym_in_other_marks,
    "by its site": _by_site,
    "by a former name": _by_alias,
}
