"""Endings of number and gender in French; pure, for the stemmers only.

Plural first, then the feminine: common adjectives by a list, the others by endings that surely make one.
Where the two are different things (`droit`, `droite`; `mort`, `morte`) they stay apart.
"""

from search.text.stemmers.tables import SHORTEST, Swaps, table, words

# Their s is no plural, and without it they would be another word.
_KEPT = words(
    """fois mois fils mais sous vers plus dans sans sens temps corps cours fonds hors lors puis tous nous vous
    pays gros gras frais epais jus bus virus dessous dessus ours laos francs repas"""
)
_ODD = table(
    """
    yeux:oeil maux:mal baux:bail travaux:travail vitraux:vitrail emaux:email coraux:corail
    vantaux:vantail soupiraux:soupirail aux:aux ceux:ceux deux:deux jeux:jeu lieux:lieu feux:feu
    voeux:voeu dieux:dieu aveux:aveu pieux:pieu cieux:ciel milieux:milieu enjeux:enjeu creux:creu
    creuse:creu creuses:creu bel:beau belle:beau belles:beau nouvel:nouveau nouvelle:nouveau
    nouvelles:nouveau jumelle:jumeau jumelles:jumeau vieil:vieux vieille:vieux vieilles:vieux fol:fou
    folle:fou folles:fou mol:mou molle:mou molles:mou nee:ne nees:ne nes:ne cle:clef cles:clef
    clefs:clef madame:madame mesdames:madame messieurs:monsieur francs:franc"""
)
_PLURALS = Swaps("eaux:eau yaux:yau oux:ou", 0)
_PLURALS_IN_AL = Swaps("aux:al", 2)
# Nouns in -ée and others that only look like a feminine.
_NOUNS = words(
    """
    armee entree duree maree rosee contree musee puree trophee lycee annee journee soiree vallee
    conduite retraite commune mademoiselle personne femme semaine domaine plante pente vente tente
    descente attente entente detente rente trente dette recette toilette assiette lunette cigarette
    crevette fete tete bete enquete conquete planete athlete societe variete piete propriete sobriete
    anxiete satiete notoriete proprete chaussee cousine medecine statue avenue tortue morue revue
    entrevue eglise crise valise surprise truite ecoute bande fille ville mille modele parallele
    cervelle chandelle lumiere matiere maniere carriere barriere riviere frontiere misere guerre terre
    mere pere frere fontaine laine haleine amante tante servante gouvernante doctrine piscine vaccine
    routine cantine tartine gratitude ligne vigne"""
)
_FEMININE_WORDS = table(
    """
    bonne:bon grosse:gros grasse:gras basse:bas lasse:las epaisse:epais fausse:faux rousse:rou douce:dou
    jalouse:jalou expresse:expre longue:long oblongue:oblong blanche:blanc franche:franc seche:sec
    fraiche:frais publique:public grecque:grec turque:turc laique:laic caduque:caduc verte:vert
    petite:petit forte:fort courte:court haute:haut toute:tout lente:lent sainte:saint plate:plat
    prete:pret muette:muet nette:net sotte:sot coquette:coquet violette:violet gratuite:gratuit
    fortuite:fortuit etroite:etroit adroite:adroit ecrite:ecrit subite:subit benite:benit dite:dit
    faite:fait cuite:cuit exacte:exact intacte:intact compacte:compact abstracte:abstract stricte:strict
    experte:expert deserte:desert couverte:couvert ouverte:ouvert diserte:disert idiote:idiot
    devote:devot jointe:joint close:clo conjointe:conjoint disjointe:disjoint adjointe:adjoint
    chaude:chaud froide:froid lourde:lourd sourde:sourd grande:grand ronde:rond blonde:blond
    seconde:second profonde:profond feconde:fecond tarde:tard bavarde:bavard noire:noir sure:sur
    mure:mur obscure:obscur future:futur seule:seul nulle:nul espagnole:espagnol subtile:subtil
    gentille:gentil pareille:pareil vermeille:vermeil pleine:plein sereine:serein saine:sain vaine:vain
    fine:fine brune:brun aucune:aucun chacune:chacun quelqune:quelqun opportune:opportun
    importune:importun neuve:neuf breve:bref vive:vif juive:juif sauve:sauf chere:cher amere:amer
    fiere:fier legere:leger mensongere:mensonger menagere:menager ouvriere:ouvrier cotiere:cotier
    finie:fini unie:uni punie:puni munie:muni definie:defini suivie:suivi subie:subi amie:ami
    ennemie:ennemi garantie:garanti jolie:joli vieillie:vieilli avertie:averti convertie:converti
    investie:investi refroidie:refroidi agrandie:agrandi approfondie:approfondi guerie:gueri
    nourrie:nourri elargie:elargi surgie:surgi franchie:franchi enrichie:enrichi reflechie:reflechi
    affranchie:affranchi assujettie:assujetti abasourdie:abasourdi elue:elu recue:recu vecue:vecu
    crue:cru decue:decu apercue:apercu concue:concu percue:percu lue:lu vue:vu nue:nu sue:su rue:rue
    rompue:rompu interrompue:interrompu corrompue:corrompu emue:emu promue:promu exclue:exclu
    admise:admi exquise:exqui grise:gri mise:mi prise:pri acquise:acqui requise:requi conquise:conqui
    blessee:blesse supreme:supreme aigue:aigu ambigue:ambigu contigue:contigu exigue:exigu
    bretonne:breton championne:champion patronne:patron lionne:lion mignonne:mignon compagne:compagne
    distincte:distinct succincte:succinct latine:latin divine:divin fervente:fervent hautaine:hautain
    nommee:nomme enceinte:enceinte feminine:feminin masculine:masculin tresse:tresse dure:dur pure:pur"""
)
_SHORT_FEMININE = Swaps(
    """trice:teu teuse:teu elle:el ale:al vile:vil verte:vert tine:tin nue:nu ande:and mise:mi crite:crit
    duite:duit eine:ein ecte:ect verse:ver""",
    2,
)
_FEMININE = Swaps(
    """euse:eu eur:eu eux:eu eure:eu enne:en ive:if aise:ai oise:oi iere:ier gere:ger ante:ant ente:ent
    aine:ain nine:nin line:lin sine:sin dine:din pine:pin due:du rue:ru vue:vu lue:lu tue:tu cue:cu ete:et
    luse:lu fuse:fu truse:tru prise:pri quise:qui cise:ci truite:truit dite:dit faite:fait fferte:ffert
    fonde:fond reinte:reint uverte:uvert einte:eint blie:bli llie:lli
    isie:isi eunie:euni fournie:fourni emunie:emuni plie:pli bannie:banni"""
)
_FEMININE_LONG = Swaps("ate:at ere:er", 4)


def french(word: str) -> str:
    """réfugiées~réfugié, nationaux~nationale, travailleuse~travailleur; droit and droite stay apart."""
    if word in _ODD:
        return _ODD[word]
    if len(word) <= SHORTEST:
        return word
    word = _singular(word)
    if word in _NOUNS:
        return word
    if word in _FEMININE_WORDS:
        return _FEMININE_WORDS[word]
    if word.endswith("ee"):
        return word[:-1]
    return _SHORT_FEMININE.of(word) or _FEMININE.of(word) or _FEMININE_LONG.of(word) or word


def _singular(word: str) -> str:
    if plural := _PLURALS.of(word) or _PLURALS_IN_AL.of(word):
        return plural
    if word.endswith("s") and not word.endswith("ss") and word not in _KEPT:
        return word[:-1]
    return word
