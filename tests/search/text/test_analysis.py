"""The analyser: what must meet, what must stay apart, and that no text can upset it."""

import pytest

from search.results.query_parser import word_node
from search.text import analysis
from search.text.analysis import LONGEST_TERM, folded, tagged_terms, terms, tokens
from tests.search.steps import MOST, growth
from tests.thinning import in_turn

SAME = {
    "es": """
        Estado Estados | niño niños | país países | pais países | apátrida apátridas | refugiado refugiada
        refugiado refugiados | refugiado refugiadas | nación naciones | ciudad ciudades | mujer mujeres
        solicitante solicitantes | voz voces | vez veces | raíz raíces | ley leyes | mes meses | red redes
        interés intereses | francés francesa | francés franceses | desplazado desplazadas | forzado forzada
        humanitario humanitarias | voluntario voluntaria | solidario solidarias | indígena indígenas
        colombiano colombianas | chileno chilenas | hondureño hondureñas | extranjero extranjeras trabajador
        trabajadoras | trabajador trabajadores | director directora | económico económicas mixto mixtas |
        interno internas | protección protecciones | joven jóvenes | clase clases | base bases crisis crisis
        | municipio municipios | comunidad comunidades | programa programas | ONG ONGs frontera fronteras |
        migrante migrantes | legal legales | vulnerable vulnerables | NIÑEZ niñez niñez ninez |
        administrativo administrativa | peligroso peligrosas | nacido nacidas | año años mecanismo
        mecanismos | parte partes | luz luces | árbol árboles | club clubs | israelí israelíes compromiso
        compromisos | visado visados | vía vías | autobús autobuses | capaz capaces""",
    "en": """
        state states | State's states | refugee refugees | country countries | child children | woman women
        man men | policy policies | party parties | process processes | church churches | tax taxes case
        cases | person persons | stateless stateless | crisis crises | criterion criteria naturalisation
        naturalization | organisation organization | organisation organizations recognise recognize |
        recognised recognized | labour labor | neighbour neighbors | programme programs centre centers |
        family families | pathway pathways | status statuses | life lives | asylum ASYLUM pledge pledges |
        visa visas | city cities | community communities | solution solutions | right rights border borders
        | approach approaches | analysis analyses | refugees' refugee | response responses naïve naive |
        host hosts | network networks | mechanism mechanisms | judgement judgment beneficiary beneficiaries
        | bus buses | wife wives | municipality municipalities | need needs""",
    "pt": """
        proteção proteções | país países | Estado Estados | nação nações | ação ações | refugiado refugiada
        refugiado refugiados | refugiado refugiadas | apátrida apátridas | nacional nacionais | local locais
        possível possíveis | responsável responsáveis | papel papéis | difícil difíceis | civil civis
        juvenil juvenis | infantil infantis | espanhol espanhóis | azul azuis | jovem jovens | homem homens
        comum comuns | fim fins | bom bons | mulher mulheres | vez vezes | raiz raízes | mês meses português
        portuguesa | português portugueses | cidadão cidadãos | cidadão cidadã | mão mãos | mãe mães
        trabalhador trabalhadoras | trabalhador trabalhadores | brasileiro brasileiras | estrangeiro
        estrangeira deslocado deslocadas | humanitário humanitárias | voluntário voluntária | criança
        crianças cidade cidades | direção direcção | proteção protecção | água d'água | pobre pobres |
        solicitante solicitantes europeu europeus | europeu europeia | museu museus | fronteira fronteiras |
        órgão órgãos | crise crises interno internas | misto mistos | econômico econômicas | acolhida
        acolhidas | lei leis""",
    "fr": """
        apatridie l'apatridie | apatridie L’apatridie | apatride apatrides | réfugié réfugiée | réfugié
        réfugiés réfugié réfugiées | refugie réfugiées | État États | État l'État | pays pays | droit droits
        enfant enfants | femme femmes | national nationaux | national nationale | national nationales social
        sociaux | régional régionales | municipal municipaux | égal égale | égal égaux | eau eaux bureau
        bureaux | réseau réseaux | travail travaux | lieu lieux | enjeu enjeux | jeu jeux nombreux nombreuse
        | travailleur travailleuses | directeur directrice | acteur actrices | mineur mineure officiel
        officielle | officiel officielles | européen européenne | haïtien haïtiennes | inclusif inclusives
        français françaises | étranger étrangère | premier premières | migrant migrante | récent récentes
        humain humaines | demandeur demandeurs | demandeur demandeuse | œuvre oeuvre | œuvres d'œuvre
        communauté communautés | loi lois | processus processus | venu venue | latin latine | personne
        personnes | voie voies complet complète | civil civile | ouvert ouverte | année années | déplacé
        déplacées | ville villes""",
}

APART = {
    "es": """
        casa caso | costa costo | parte parto | niño niña | estado estada | partido partida | puerto puerta
        libro libra | modo moda | plazo plaza | cuento cuenta | punto punta | banco banca | fondo fonda
        género genera | número numera | papa papel | apátrida apatridia | refugio refugiado | nación
        nacional mejor mejora | ser será | pena pene | corte corto | pase paso | base baso | suelo suela |
        marco marca río risa | manto manta | barco barca | cargo carga | trato trata | pago paga | grado
        grada | gasto gasta campo campaña | acto acta | hombre hambre | cita cito | pelo pela | pueblo
        puebla | mesa mes persona personal | frente frenta""",
    "en": """
        state stateless | status state | stateless statelessness | refuge refugee | asylum asylums-seeker
        person personal | nation nationality | child childhood | woman man | new news | thus thu | this thi
        his hi | analysis analyst | host hostile | policy police | party part | labour laboratory organ
        organisation | right righteous | border bored | plan plant | plea please | bas bass | princes
        princess mas mass | past pas | general generally | universe university | import important | process
        proceed commune communism | city cite | base basis | centre central | port sport | form former |
        course court need needle | late later | mean meaning | even event | numb number | prize price""",
    "pt": """
        casa caso | costa costo | parte parto | porto porta | ponto ponta | modo moda | banco banca | menino
        menina pai pais | apátrida apatridia | refúgio refugiado | nação nacional | posto posta | conto
        conta | campo campa fundo funda | partido partida | mal mala | real realidade | sol solo | mar mais
        | carta carto | marco marca livro livra | pena peno | rio ria | ano anão | avô alvo | peso pesa |
        grado grada | gasto gasta | cargo carga trato trata | ato ata | corte corto | base baso | lei
        leitura | mês mesa | pessoa pessoal | fim fio criança criação""",
    "fr": """
        droit droite | port porte | part parte | cas casse | commun commune | mort morte | point pointe
        apatride apatridie | nation national | refuge réfugié | vent vente | post poste | cour courrier fin
        finir | mer mère | pays paysan | bon bond | cote coter | sol sole | mont monte prison
        prise | marin marine | rang rangée | main maintenir | livre livrer | chant chance | lit lite poids
        pois | état étage | mal malle | voile voix | sac sacre | cap cape | faim femme | droits droiture
        salle sale | secteur section | plan plante | ville village | accueil accusé""",
}


def pairs(table: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        (language, words[position], words[position + 1])
        for language, text in table.items()
        for words in [text.replace("|", " ").split()]
        for position in range(0, len(words), 2)
    ]


def those_that_meet(table: dict[str, str], language: str) -> list[tuple[str, str]]:
    return [
        (one, other)
        for code, one, other in pairs(table)
        if code == language and terms(one, language) == terms(other, language)
    ]


@pytest.mark.parametrize("language", SAME)
def test_terms_meet(language: str) -> None:
    all_of_them = [(one, other) for code, one, other in pairs(SAME) if code == language]
    assert those_that_meet(SAME, language) == all_of_them


@pytest.mark.parametrize("language", APART)
def test_terms_stay_apart(language: str) -> None:
    assert those_that_meet(APART, language) == []


@pytest.mark.parametrize("language", ["es", "en", "pt", "fr"])
def test_pair_tables_hold_forty_of_each_kind(language: str) -> None:
    assert sum(pair[0] == language for pair in pairs(SAME)) >= 40
    assert sum(pair[0] == language for pair in pairs(APART)) >= 40


def test_terms_keep_every_word() -> None:
    assert terms("The right of the State to the sea", "en") == [
        "the",
        "right",
        "of",
        "the",
        "state",
        "to",
        "the",
        "sea",
    ]


def test_terms_of_a_language_without_rules_are_folded() -> None:
    assert terms("Los Niños d'água", "xx") == ["los", "ninos", "agua"]


def test_terms_part_words_at_hyphens_and_signs() -> None:
    assert terms("Cartagena+40, GRF-07412; self-reliance 1.2", "en") == [
        *("cartagena", "40", "grf", "07412", "self", "reliance", "1", "2"),
    ]


def test_terms_of_decomposed_and_composed_text_are_equal() -> None:
    assert terms("nin\u0303os apa\u0301tridas", "es") == terms("niños apátridas", "es")


def test_terms_see_through_ligatures_and_soft_hyphens() -> None:
    assert terms("of\ufb01ce pro\u00adtection", "en") == ["office", "protection"]


def test_tokens_give_the_place_of_each_word() -> None:
    text = "¿Los niños, y l'apatridie?"
    places = tokens(text, "es")
    assert [text[token.start : token.end] for token in places] == ["Los", "niños", "y", "l'apatridie"]


def test_folded_parts_words_at_apostrophes() -> None:
    assert folded("L'Apatridie, ÑANDÚ") == ["l", "apatridie", "nandu"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x00", []),
        ("a\x00b\x1fc", ["a", "b", "c"]),
        ("\u202eabc\u202c", ["abc"]),
        ("🙂👩‍👧", []),
        ("'", []),
        ("''a''", ["a"]),
        ("*:* AND ((", ["and"]),
        ("½ ² ª", ["12", "2", "a"]),
        ("\ud800x", ["x"]),
        ("", []),
    ],
)
def test_terms_of_odd_text(text: str, expected: list[str]) -> None:
    assert terms(text, "en") == expected


UNITS = ["a", "a'", "aʼ", "a\u0301", "á ", "\u202e", "'", "🙂", "a-", "es"]


@pytest.mark.few(3)
@pytest.mark.parametrize(("unit", "language"), in_turn(UNITS, ["es", "en", "pt", "fr", "xx"]))
def test_terms_of_long_text_are_cut_and_take_steps_with_its_length(unit: str, language: str) -> None:
    assert all(len(term) <= LONGEST_TERM for term in terms(unit * 100_000, language))
    assert growth(lambda text: terms(text, language), unit) <= MOST


@pytest.mark.few(3)
@pytest.mark.parametrize("unit", UNITS)
def test_folding_takes_steps_with_the_length(unit: str) -> None:
    assert growth(folded, unit) <= MOST


def test_words_that_nobody_writes_are_not_remembered() -> None:
    memories = (analysis._kept_term, analysis._kept_tagged_term, analysis._kept_folded_parts)
    before = [memory.cache_info().currsize for memory in memories]
    for number in range(20):
        for long in (f"{number}{'a' * 9_000}", f"é{number}{'ñ' * 500}"):
            word_node(long)
            folded(long)
            tagged_terms(long, "es")
    assert [memory.cache_info().currsize for memory in memories] == before
