"""Plurals and the two spellings of English; pure, for the stemmers only."""

import re

from search.text.stemmers.tables import SHORTEST, Swaps, table, words

_ODD = table(
    """
    children:child women:woman men:man people:person peoples:person lives:life wives:wife knives:knife
    leaves:leaf halves:half selves:self calves:calf wolves:wolf shelves:shelf loaves:loaf thieves:thief
    scarves:scarf hooves:hoof wharves:wharf dwarves:dwarf elves:elf themselves:themself
    ourselves:ourself yourselves:yourself feet:foot teeth:tooth geese:goose mice:mouse lice:louse
    oxen:ox dice:die criteria:criterion phenomena:phenomenon memoranda:memorandum curricula:curriculum
    referenda:referendum bacteria:bacterium strata:stratum addenda:addendum errata:erratum
    symposia:symposium consortia:consortium millennia:millennium moratoria:moratorium data:datum
    crises:crisis analyses:analysis theses:thesis hypotheses:hypothesis syntheses:synthesis
    diagnoses:diagnosis prognoses:prognosis parentheses:parenthesis emphases:emphasis oases:oasis
    indices:index matrices:matrix appendices:appendix vertices:vertex codices:codex alumni:alumnus
    corpora:corpus nuclei:nucleus stimuli:stimulus foci:focus fungi:fungus syllabi:syllabus loci:locus
    radii:radius bureaux:bureau plateaux:plateau tableaux:tableau quizzes:quiz series:series
    species:species news:news means:means customs:customs goods:goods economics:economics
    politics:politics physics:physics ethics:ethics mathematics:mathematics athletics:athletics
    logistics:logistics linguistics:linguistics electronics:electronics always:always perhaps:perhaps
    besides:besides sometimes:sometimes overseas:overseas headquarters:headquarters lens:lens
    lenses:lens atlas:atlas atlases:atlas gas:gas gases:gas gasses:gas alias:alias aliases:alias
    bias:bias biases:bias canvas:canvas canvases:canvas christmas:christmas movies:movie cookies:cookie
    calories:calorie ties:tie lies:lie dies:die pies:pie caches:cache headaches:headache
    toothaches:toothache aches:ache niches:niche creches:creche avalanches:avalanche moustaches:mustache
    axes:axis menus:menu gurus:guru taxis:taxi skis:ski safaris:safari rabbis:rabbi emojis:emoji
    kiwis:kiwi shoes:shoe toes:toe foes:foe canoes:canoe does:does yes:yes towards:toward
    afterwards:afterward amongst:among whilst:while programme:program programmed:programmed
    defence:defense offence:offense licence:license pretence:pretense practise:practice
    practised:practiced practising:practicing cheque:check jewellery:jewelry grey:gray ageing:aging
    tyre:tire kerb:curb mould:mold plough:plow storey:story cosy:cozy learnt:learned burnt:burned
    spelt:spelled moustache:mustache pyjamas:pajamas manoeuvre:maneuver manoeuvring:maneuvering
    skilful:skillful wilful:willful fulfil:fulfill fulfilment:fulfillment instalment:installment
    enrol:enroll enrolment:enrollment judgement:judgment acknowledgement:acknowledgment
    abridgement:abridgment lodgement:lodgment woollen:woolen marvellous:marvelous sceptic:skeptic
    sceptical:skeptical scepticism:skepticism aluminium:aluminum councilor:councillor draught:draft
    artefact:artifact"""
)
_COMPOUND_PLURALS = Swaps("children:child women:woman wives:wife knives:knife", 0)
_US = words(
    """apparatus bonus bus cactus campus caucus census chorus circus citrus consensus corpus discus exodus
    focus genius hiatus impetus locus minibus nexus omnibus opus octopus plus prospectus radius sinus status
    surplus syllabus terminus versus virus walrus abacus crocus fetus foetus isthmus lotus
    mucus papyrus rebus ruckus stylus tinnitus torus typhus uterus"""
)
_ES_US = {f"{word}es": word for word in _US} | {f"{word}ses": word for word in ("bus", "minibus", "focus")}
_MEN_NOT_MAN = words("omen women abdomen acumen regimen specimen semen hymen stamen yemen amen stamen lumen")
_OUR = tuple(
    words(
        """arbour ardour armour behaviour candour clamour colour demeanour enamour endeavour favour fervour
        flavour glamour harbour honour humour labour misdemeanour neighbour odour parlour rancour rigour
        rumour saviour savour splendour tumour valour vapour vigour"""
    )
)
_OUR_BEFORE = ("un", "dis", "mis", "be", "multi", "")
_RE = re.compile(
    r"(cent|theat|lit|fib|calib|sab|spect|somb|lust|meag|goit|louv|sepulch|och|"
    r"(?:^|centi|deci|deca|hecto|kilo|milli|nano|micro)met)re(d|ship|ing)?$"
)
_LL = re.compile(
    r"^(cancel|channel|control|counsel|dial|equal|excel|fuel|funnel|initial|label|level|marshal|model|panel|"
    r"pedal|propel|quarrel|rival|shovel|signal|snorkel|spiral|total|towel|travel|tunnel|unravel|"
    r"unparallel)l(ed|ing|er|or|ation)$"
)
# These double the l on both sides of the ocean.
_LL_EVERYWHERE = words("control excel propel")
_AE = (
    ("paed", "ped"),
    ("anaem", "anem"),
    ("haem", "hem"),
    ("gynaec", "gynec"),
    ("orthopaed", "orthoped"),
    ("encyclopaed", "encycloped"),
    ("archaeo", "archeo"),
    ("aesthe", "esthe"),
    ("anaesthe", "anesthe"),
    ("caesarean", "cesarean"),
    ("leukaem", "leukem"),
    ("foet", "fet"),
    ("oestr", "estr"),
    ("diarrhoe", "diarrhe"),
    ("oedem", "edem"),
    ("homoeo", "homeo"),
    ("manoeuv", "maneuv"),
    ("mediaeval", "medieval"),
    ("toxaem", "toxem"),
    ("oesoph", "esoph"),
)
_IZE = Swaps(
    """ization:isation izational:isational izing:ising ized:ised ize:ise izer:iser izable:isable
    yze:yse yzed:ysed yzing:ysing yzer:yser alogue:alog ilogue:ilog ologue:olog"""
)
_PLURALS = Swaps(
    "sses:ss shes:sh ches:ch xes:x zzes:zz tzes:tz oes:o alogues:alog ilogues:ilog",
    2,
)


def english(word: str) -> str:
    """countries~country, children~child, women~woman, naturalization~naturalisation, labour~labor."""
    if len(word) <= SHORTEST:
        return _ODD.get(word, word)
    word = _singular(word)
    word = _ODD.get(word, word)
    return _american(_IZE.of(word) or word)


def _singular(word: str) -> str:
    if word in _ODD:
        return _ODD[word]
    if word in _ES_US:
        return _ES_US[word]
    if word.endswith("men") and len(word) > 4 and word not in _MEN_NOT_MAN:
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if plural := _COMPOUND_PLURALS.of(word) or _PLURALS.of(word):
        return plural
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _american(word: str) -> str:
    """The spelling that both sides of the ocean share here, but for -ise."""
    if "our" in word:
        word = _or(word)
    if "re" in word and (match := _RE.search(word)):
        return word[: match.end(1)] + "er" + {"d": "ed", None: ""}.get(match[2], match[2] or "")
    if "ll" in word and (match := _LL.match(word)) and match[1] not in _LL_EVERYWHERE:
        return match[1] + match[2]
    if "ae" in word or "oe" in word:
        for british, plain in _AE:
            if british in word:
                return word.replace(british, plain)
    return word


def _or(word: str) -> str:
    for before in _OUR_BEFORE:
        if word.startswith(before) and word[len(before) :].startswith(_OUR):
            at = word.index("our", len(before))
            return word[:at] + "or" + word[at + 3 :]
    return word
