"""Words that no term begins or ends with, folded, by language; only the mining of terms leaves them out.

The analyser and the index keep every word: this list is about what makes a term, not about what is found.
"""

_ES = """
a al ante antes aquel aquella aquellas aquellos aqui asi aun aunque bajo bien cada casi como con contra
cual cuales cualquier cuando cuanto cuantos cuya cuyo de debe deben del desde despues donde dos durante e
el ella ellas ellos en entonces entre era eran es esa esas ese eso esos esta estaba estan estar estas
este esto estos fue fueron ha haber habia hace hacen hacer hacia han hasta hay hubo incluso la las le les
lo los luego mas me mediante menos mi mientras mismo misma mucha muchas mucho muchos muy nada ni ninguna
ninguno no nos nosotros nuestra nuestro o otra otras otro otros para pero poco pocos podemos podria por
porque primer primera pueda puede pueden pues que quien quienes se sea sean segun ser si sido siempre
siendo sin sino sobre son su sus tal tambien tampoco tan tanto tener tiene tienen toda todas todo todos
tras tres tuvo u un una unas uno unos usted va van ya y yo
"""
_EN = """
a about across after again all almost also although always am among an and another any anyone are as at
away be because been before being below between both but by can cannot could did do does doing done down
during each either else even every few first for from get gets got had has have having he her here hers
him his how however i if in instead into is it its itself just last least less let like made make makes
many may me more most much must my near never no nobody nor not nothing now of off often on once one only
onto or other others our out over own per same she should since so some someone such take than that the
their them themselves then there these they this those three through to together too toward towards two
under until up upon us very was way we well were what when where whether which while who whom whose why
will with within without would yet you your
"""
_PT = """
a acerca agora ainda alem algum alguma algumas alguns ambos antes ao aos apenas apos aquela aquelas
aquele aqueles aquilo as assim ate bem cada com como contra da dao das de deem dela delas dele deles
depois desde dessa desse desta deste deve devem do dois dos duas durante e ela elas ele eles em enquanto
entao entre era eram essa essas esse esses esta estao estar estas estava este estes eu faz fazem fazer
foi foram ha havia isso isto ja la lhe lhes logo mais mas me mediante meio menos mesma mesmo meu minha
muita muitas muito muitos na nada nao nas nem nenhum nenhuma nessa nesse nesta neste no nos nossa nosso
num numa nunca o onde os ou outra outras outro outros para pela pelas pelo pelos pode podem poder por
porem porque possa pouco poucos primeira primeiro qual quais qualquer quando quanto que quem se seja
sejam sem sempre sendo ser seu seus sido so sob sobre sua suas tal tambem tao tem tendo ter tinha toda
todas todo todos tres tudo um uma umas uns vai vao voce
"""
_FR = """
a afin ai ainsi alors apres assez au aucun aucune aujourd aupres auquel aussi autre autres aux avait
avant avec avoir beaucoup bien car ce ceci cela celle celles celui ces cet cette ceux chacun chaque chez
ci comme comment contre d dans de deja depuis des dessous dessus deux devant doit doivent donc dont du
durant elle elles en encore enfin entre es est et etaient etait ete etre eu eux faire fait faut font
grace hors ici il ils je jusqu la laquelle le lequel les lesquels leur leurs lors lorsque lui l ma mais
me meme memes mes mettre moins mon ne ni non nos notre nous on ont or ou par parce parmi pas pendant peu
peut peuvent plus plusieurs point pour pourquoi premier premiere pres puis quand que quel quelle quelles
quelque quelques quels qui quoi sa sans sauf se selon sera seront ses seul si sien sinon soit sommes son
sont sous sur ta tandis tant te tel telle telles tels tous tout toute toutes tres trois trop tu un une
unes uns vers voici voila vos votre vous y
"""
FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "es": frozenset(_ES.split()),
    "en": frozenset(_EN.split()),
    "pt": frozenset(_PT.split()),
    "fr": frozenset(_FR.split()),
}
# Function words that a term may hold inside: they tie it together; all others part two terms.
_INSIDE = {
    "es": "a al con contra de del el en la las los para por sin sobre",
    "en": "about against at by for from in of on the to with without",
    "pt": "a ao aos as com contra da das de do dos em na nas no nos o os para pela pelas pelo pelos por sem",
    "fr": "a au aux avec contre de des du en la le les par pour sans sur",
}
INSIDE: dict[str, frozenset[str]] = {code: frozenset(words.split()) for code, words in _INSIDE.items()}
