"""Endings of number and gender in Spanish and Portuguese; pure, for the stemmers only.

A feminine becomes its masculine where the ending makes it surely an adjective, a participle or a person's
trade, where the word is a common adjective, or where the word is too long to have a twin. Nouns whose
masculine is another thing (`medida`, `cartera`), children and kin (`niña`, `hermana`) stay as they are.
"""

import re

from search.text.stemmers.tables import SHORTEST, Swaps, ending, table, words

_LONG = 8
_FEMININE = tuple(
    words(
        """ada ida aria oria osa iva ica ana ena ina ima ersa usa ecta icta lenta rienta bierta terna urna
        unda nea pea eira crita icita uita loga grafa sofa onoma inua igua guaia"""
    )
)
_AGENT = tuple(words("dora tora sora cesa lesa nesa guesa desa"))
# Long words in these are nouns without a masculine: they are left as they are written.
_NOUNS = tuple(words("ia ura eza ista encia ancia anca enca illa uela ilha inha agem"))

_BOTH_ADJECTIVES = """
    acida adjunta adulta alta amada amarga ancha aquella arida astuta atenta augusta avara baixa baja
    barata bela bella benigna bendita blanca blanda bonita brava bruta certa cierta clara comoda
    compacta completa conjunta contenta corta cruda curta densa devota digna dispuesta distinta diurna
    dura enferma esclava escura estrecha eterna etica exacta exata exigua exenta externa extensa extrema
    farta favorita fea fija fina fixa franca futura gorda grata gratuita guapa harta honda honesta idosa
    imediata incerta incierta incomoda indigna indispuesta infinita inmensa imensa insegura intacta
    intensa interna justa injusta larga latina lenta limpa limpia linda loca longa louca lusa madura
    imatura inmadura maldita maligna maxima mayuscula minuscula minima minoritaria mista mixta moderna
    modesta molesta morena muda multipla mucha muerta muita multa mutua negra nova nueva nula obscura
    octava oitava oculta oportuna inoportuna oscura outra otra paralela paritaria perpetua plana plena
    pouca preciosa precisa concisa indecisa presta presunta prevista previa primera primeira profunda
    pronta propia propria pura quieta quinta rara redonda remota robusta rota roja sagrada sana insana
    santa seca secreta discreta concreta segunda segura sencilla seria sexta siniestra diestra sorda
    submissa sucia suja sumisa suprema tanta quanta cuanta tercera terceira tonta torpe tranquila turbia
    unica unida usada vacia vaga vana varia vasta vazia vecina vieja velha viva obvia sobria ebria agria
    necia propicia siria libia sombria tibia soberbia"""
_SPANISH_ADJECTIVES = words(
    _BOTH_ADJECTIVES
    + """ abierta aerea ajena mala poca sola alguna ninguna alumna amarilla amplia buena compuesta opuesta
    supuesta expuesta cubierta experta desierta descubierta diaria difunta duena enjuta escueta europea hebrea
    floja fresca fria gallega griega noruega sueca polaca checa turca vasca gruesa heroica hueca humeda ligera
    entera severa obrera minera partera pionera enfermera ingeniera verdadera llena lista manifiesta maestra
    ministra nuestra vuestra perfecta prolija provista desprovista imprevista repleta rica rubia sabia
    salvadorena satisfecha insatisfecha sonora sujeta tardia tuerta vetusta inquieta obsoleta absoluta
    diminuta ardua asidua superflua ingenua inocua ambigua contigua antigua continua escrita nocturna
    cuadrada experta estricta lechera materna paterna fraterna andina marina anexa conexa compleja parda
    prieta psiquiatra magra integra sacra idonea negrita inmediata sensata insensata nata innata neta
    psicologa medica mestiza suiza rusa conversa inversa diversa confusa""",
)
_PORTUGUESE_ADJECTIVES = words(
    _BOTH_ADJECTIVES
    + """
    aberta ativa velha coberta descoberta reaberta aerea alheia aluna amarela antiga ampla branca cheia
    composta oposta suposta exposta disposta correta incorreta direta indireta dupla eleita aceita
    sujeita perfeita imperfeita satisfeita insatisfeita estreita esperta estrita restrita feia fraca
    fria gorda grossa humida umida magra mesma ministra morta nossa vossa preta pronta rica roxa russa
    sabia sozinha vermelha vizinha quieta inquieta abstrata completa diaria escrita ereta seleta
    discreta repleta obsoleta absoluta ardua assidua ambigua contigua continua superflua ingenua tardia
    turca sueca grega noruega chinesa suica mestica nata inata sensata insensata ingrata paterna materna
    fraterna moderna perita adepta correcta directa exacta propicia obvia sobria diversa inversa confusa
    densa tensa intensa imensa extensa""",
)

_KIN = "nina hija hermana abuela tia nieta prima sobrina cunada suegra madrina viuda esposa muchacha chica"
_SPANISH_APART = words(
    _KIN
    + """
    acogida apatrida armada asada avenida bajada banana bandada bandera bebida bofetada brigada caida
    caldera camarada campana cana canasta carrera cartera cascada cebada ceramica cochera comida
    comisaria corrida cortina cosecha cruzada cuchilla cuchara decada derecha embajada ensalada entrada
    escalera espada estada estancia fabrica fachada fonda frazada fruta galera gitanada granada guarida
    guerrilla herida indigena jornada llamada llegada logica madera manada manzana media medida mirada
    molina morada musica naranja nada oficina oliva parada partida pasada pimienta portada posada
    propuesta pulgada rana republica respuesta sabana salida semana senorita soldada subida temporada
    tormenta tostada tunica velada venida ventana vida vista""",
)
_PORTUGUESE_APART = words(
    """menina filha irma avo tia neta prima sobrinha cunhada sogra madrinha viuva esposa moca senhora
    apatrida armada bandeira bebida brigada cadeira caldeira camarada carreira carteira cascada castanha
    ceramica chamada chegada comida comissaria corrida cortina cruzada decada descida embaixada entrada
    escada espada estada fabrica fachada fazenda granada guarida imposta indigena jornada laranja lenda
    linha logica madeira manada marmelada medida media morada musica nada oficina oliva parada partida
    pimenta pousada proposta quarta republica resposta ribeira saida salada semana subida temporada toada
    tonelada tormenta tunica vida vista direita moeda""",
)


def _gender(word: str, adjectives: frozenset[str], apart: frozenset[str]) -> str:
    if not word.endswith("a") or word in apart:
        return word
    if ending(word, _AGENT, 2):
        return word[:-1]
    if word in adjectives or ending(word, _FEMININE) or (word.endswith("era") and len(word) > 6):
        return word[:-1] + "o"
    if len(word) >= _LONG and not word.endswith(_NOUNS):
        return word[:-1] + "o"
    return word


def _without_e(word: str) -> str:
    """Without `es` or a last `e`: that is how words in -e and words in a consonant share a plural."""
    while word.endswith("es") and len(word) > 4:
        word = word[:-2]
    return word[:-1] if word.endswith("e") and len(word) > SHORTEST else word


def _without_s(word: str, kept: frozenset[str]) -> str:
    """Without the s of the plural; -es is for `_without_e`."""
    long_es = word.endswith("es") and len(word) > 4
    is_plural = word.endswith("s") and not long_es and not word.endswith(("sis", "ss")) and word not in kept
    return word[:-1] if is_plural else word


_LATIN = words("virus status estatus campus corpus bonus onus onibus versus jesus plus cactus tifus autobus")
_SPANISH_S = _LATIN | words(
    """pais gris anis iris tenis gratis pelvis lapis ciempies dios compas paris chasis bilis brindis adios
    mas tras atras jamas quizas ademas detras omnibus microbus trolebus"""
)
_SPANISH_E = words("cruce hace doce once trece luce")
_SPANISH_ODD = table(
    """espanola:espanol espanolas:espanol alemana:aleman alemanas:aleman catalana:catalan catalanas:catalan
    musulmana:musulman musulmanas:musulman andaluza:andaluc andaluzas:andaluc campeona:campeon
    campeonas:campeon bailarina:bailarin bailarinas:bailarin capitana:capitan presidenta:president
    presidentas:president jefa:jef jefas:jef jueza:juec juezas:juec concejala:concejal concejalas:concejal
    mayores:mayor dioses:dios compases:compas gran:grand buen:bueno primer:primero tercer:tercero
    algun:alguno ningun:ninguno"""
)


def spanish(word: str) -> str:
    """naciones~nación, países~país, refugiadas~refugiado, voces~voz; crisis and virus keep their s."""
    if word in _SPANISH_ODD:
        return _SPANISH_ODD[word]
    if len(word) <= SHORTEST:
        return _z(word)
    if word in _SPANISH_E:
        return word
    if word.endswith("ises") and len(word) > 5:
        return word[:-2]
    word = _without_s(word, _SPANISH_S)
    return _z(_without_e(_gender(word, _SPANISH_ADJECTIVES, _SPANISH_APART)))


def _z(word: str) -> str:
    """voces has a c where voz has a z."""
    return word[:-1] + "c" if word.endswith("z") else word


_PORTUGUESE_S = _LATIN | words(
    "deus adeus tenis lapis oasis gratis iris mais pais dois pois depois seis tres"
)
_PORTUGUESE_ODD = table(
    """maes:mae mae:mae cidada:cidadao cidadas:cidadao irmas:irma irma:irma alema:alemao alemas:alemao
    catala:catalao catalas:catalao crista:cristao cristas:cristao orfa:orfao orfas:orfao ancia:anciao
    ancias:anciao artesa:artesao artesas:artesao campea:campeao campeas:campeao afega:afegao afegas:afegao
    aldea:aldeao aldeas:aldeao uteis:util frageis:fragil faceis:facil dificeis:dificil habeis:habil
    ageis:agil ferteis:fertil projeteis:projetil inuteis:inutil doceis:docil debeis:debil texteis:textil
    fosseis:fossil repteis:reptil misseis:missil estereis:esteril volateis:volatil portateis:portatil
    versateis:versatil tateis:tatil herois:heroi gratis:gratis depois:depois demais:demais jamais:jamais
    leis:lei reis:rei bois:boi sois:sol tais:tal sais:sal cais:cais taxis:taxi juris:juri guaranis:guarani
    safaris:safari biquinis:biquini tenis:tenis lapis:lapis oasis:oasis iris:iris
    quaisquer:qualquer boa:bom boas:bom ma:mau mas:mas maus:mau alguma:algum algumas:algum nenhuma:nenhum
    nenhumas:nenhum europeia:europeu europeias:europeu ateia:ateu ateias:ateu judia:judeu judias:judeu
    crua:cru cruas:cru nua:nu nuas:nu duas:dois juiza:juiz juizas:juiz presidenta:president
    presidentas:president chefa:chef chefas:chef espanhola:espanhol espanholas:espanhol comuna:comuna
    equipa:equip equipas:equip controlo:control controlos:control aluguer:aluguel alugueres:aluguel
    camiao:caminhao camioes:caminhao percentagem:porcentagem percentagens:porcentagem"""
)
_NASAL_PLURALS = Swaps("oes:ao aes:ao ens:em ins:im ons:om uns:um", 1)
_L_PLURALS = Swaps("ais:al eis:el ois:ol uis:ul", 2)
# How words were written before 2009, and are by many in Europe and Africa, turned to one spelling.
_SILENT_C = re.compile(r"(?<=[aeioun])c(?=[ct])")
_SPELLINGS = tuple(
    (re.compile(old), new)
    for old, new in (
        (r"^adop(?=[ct])", "ado"),
        (r"^bapti", "bati"),
        (r"^egipt", "egit"),
        (r"^optim", "otim"),
        (r"^(re|per|con|de|ex)cep(?=[ct])", r"\1ce"),
        (r"mp(?=[ct])", "n"),
        (r"^amnist", "anist"),
        (r"^indemn", "inden"),
        (r"^omni", "oni"),
        (r"^subti", "suti"),
        (r"^subdi", "sudi"),
        (r"^hum(?=[ei]d)", "um"),
        (r"^quotidi", "cotidi"),
        (r"^quota", "cota"),
        (r"^quatorz", "catorz"),
        (r"^connosc", "conosc"),
        (r"^regist(?!r)", "registr"),
        (r"^plane(?=a)", "planej"),
        (r"^dezas(?=s)", "dezes"),
        (r"^dezan", "dezen"),
        (r"^cobard", "covard"),
    )
)

_OLD = re.compile("|".join(old.pattern.replace("(re|", "(?:re|") for old, _ in _SPELLINGS))


def portuguese(word: str) -> str:
    """proteções~proteção, nacionais~nacional, jovens~jovem, refugiadas~refugiado, direcção~direção."""
    word = _one_spelling(word)
    if word in _PORTUGUESE_ODD:
        return _PORTUGUESE_ODD[word]
    if len(word) <= SHORTEST:
        return word
    if word.endswith("ises") and len(word) > 5:
        return word[:-2]
    plural = _NASAL_PLURALS.of(word) or _L_PLURALS.of(word)
    if plural is not None:
        return plural
    if word.endswith("is") and len(word) > 4 and word[-3] not in "aeiou" and word not in _PORTUGUESE_S:
        return word[:-1] + "l"
    word = _without_s(word, _PORTUGUESE_S)
    return _without_e(_gender(word, _PORTUGUESE_ADJECTIVES, _PORTUGUESE_APART))


def _one_spelling(word: str) -> str:
    if not word.startswith("pact"):
        word = _SILENT_C.sub("", word)
    if _OLD.search(word):
        for old, new in _SPELLINGS:
            word = old.sub(new, word)
    return word
