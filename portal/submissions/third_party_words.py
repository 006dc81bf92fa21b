"""Words by which personal data of third parties are known, in four languages, in small letters; pure data."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before a name, however short it is.
TITLES = _words(
    "sr sra srta sres señor señora señorita don doña dr dra lic licda ing mtro mtra prof profa profesor "
    "profesora professor professora mr mrs ms miss mx mme mlle monsieur madame mademoiselle maître senhor "
    "senhora dona seu sir lady"
)
# Of these only with a point behind, so that a letter of an enumeration is none.
POINTED_TITLES = _words("m d")
# What a name follows: "called", "my name is".
NAMING = _words(
    "llamada llamado llama llamo nombrada nombrado apellida apellidada apellidado named called surnamed "
    "chamada chamado chama chamo nomeada nomeado appelé appelée appelle prénommé prénommée nommé nommée "
    "nombre name nome nom"
)
# Between them and the name.
LINKING = _words("es is é est se a ser ms i am")
# One person; many are no third party. A name of two words or more follows.
PERSONS = _words(
    "refugiada refugiado solicitante beneficiaria beneficiario desplazada desplazado migrante apátrida "
    "vecina vecino niña niño joven adolescente mujer hombre madre padre hija hijo hermana hermano esposa "
    "esposo viuda viudo tía tío abuela abuelo prima primo compañera compañero lideresa líder paciente "
    "testigo víctima asylum-seeker applicant refugee beneficiary child boy girl woman man mother father "
    "daughter son sister brother wife husband widow aunt uncle grandmother grandfather cousin neighbour "
    "neighbor patient witness victim survivor teenager requerente criança menina menino mulher homem mãe "
    "pai filha filho irmã irmão viúva viúvo tia tio avó avô vizinha vizinho testemunha vítima "
    "sobrevivente réfugiée réfugié demandeuse demandeur enfant fille garçon femme homme mère père fils "
    "sœur soeur frère épouse époux veuve veuf tante oncle voisine voisin témoin victime patiente"
)
# What somebody is in office: between title and name, and no name by itself.
ROLES = _words(
    "presidenta presidente ministra ministro embajadora embajador directora director secretaria "
    "secretario alcaldesa alcalde jefa jefe representante relatora relator comisionada comisionado "
    "gobernadora gobernador viceministra viceministro canciller coordinadora coordinador delegada "
    "delegado magistrada magistrado jueza juez chair chairperson president minister ambassador secretary "
    "mayor governor commissioner representative rapporteur coordinator delegate judge moderator "
    "embaixadora embaixador diretora diretor secretária secretário prefeita prefeito governadora "
    "governador comissária comissário coordenadora coordenador juíza juiz présidente président ministre "
    "ambassadrice ambassadeur directrice directeur secrétaire maire gouverneur commissaire représentante "
    "représentant rapporteuse coordinatrice coordinateur juge general geral général general's alto alta "
    "high haut haute la le el o"
)
# Inside a name, never at its ends.
PARTICLES = _words("de del la las los da das do dos e y du des le van von der san santa bin al el")
# Beside a name they make it that of an organization, a place, a law or a prize.
INSTITUTIONS = _words(
    "universidad instituto fundación fundacion centro hospital colegio escuela asociación corporación "
    "organización red casa museo biblioteca teatro parque plaza aeropuerto puente puerto río barrio "
    "colonia ciudad municipio departamento estado provincia cantón distrito comuna isla valle ley decreto "
    "caso premio programa proyecto plan protocolo cátedra clínica albergue refugio parroquia diócesis "
    "iglesia misión cárcel penal estadio sala edificio campamento asentamiento vereda finca hacienda "
    "federación sindicato convenio university institute foundation center centre school association "
    "corporation organization network house museum library theatre park square airport bridge port river "
    "city municipality department state province district island valley law act case prize award "
    "programme program project protocol chair clinic shelter parish church mission prison stadium camp "
    "federation union street road avenue college trust fund society boulevard agency ministry "
    "universidade fundação colégio escola associação corporação organização rede museu praça aeroporto "
    "ponte porto rio bairro cidade município província ilha vale lei prêmio projeto plano abrigo paróquia "
    "igreja missão prisão estádio acampamento federação université institut fondation hôpital collège "
    "école lycée réseau maison musée bibliothèque théâtre parc aéroport pont fleuve ville commune "
    "département état île vallée loi décret affaire prix projet protocole clinique paroisse église stade "
    "fédération syndicat fonds société agence ministère san santa santo são saint sainte st"
)
# Beginnings of sentences and terms that stand in capitals beside words for persons, and are nobody's name.
NO_NAMES = _words(
    "american americana americano latin latina latino caribbean caribe central centro norte sur sul south "
    "north east west este oeste nacional national nacionais internacional international internationale "
    "humana humano human humanos humanas rights derechos direitos droits protección proteção protection "
    "status determination convention convención convenção naciones nações nations united unidas unies "
    "estados states états costa rica puerto honduras guatemala méxico mexico brasil brésil brazil "
    "colombia colômbia colombie chile chili perú peru pérou ecuador equador équateur bolivia bolívia "
    "bolivie venezuela argentina argentine uruguay uruguai paraguay paraguai cuba haití haiti haïti "
    "panamá panama nicaragua salvador belice belize jamaica dominicana república republic république "
    "dominican trinidad tobago guyana surinam suriname canadá canada venezolana venezolano colombiana "
    "colombiano haitiana haitiano cubana cubano nicaragüense hondureña hondureño guatemalteca "
    "guatemalteco salvadoreña salvadoreño acnur unhcr acnudh oim iom unicef cartagena brasilia enero "
    "febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre january february "
    "march april june july august september october november december janeiro fevereiro março maio junho "
    "julho setembro outubro novembro dezembro janvier février mars avril mai juin juillet août septembre "
    "octobre novembre décembre welfare justice health education care affairs wayuu maya garífuna guna "
    "embera comité committee comitê consejo council conselho conseil comisión commission comissão corte "
    "court cour"
)
# Given names that are hardly ever anything else.
GIVEN = _words(
    "maría maria josé jose juan ana luis carlos jorge pedro miguel manuel francisco antonio fernando "
    "rafael alejandro alejandra andrés andres andrea daniel daniela david diego eduardo elena enrique "
    "ernesto esteban fabián felipe gabriel gabriela gerardo gonzalo guillermo gustavo hector héctor hugo "
    "ignacio isabel iván javier jesús joaquín julia julián juliana julio karla laura leticia liliana "
    "lorena lucía lucia luisa marcela marcos margarita mariana mario marta martha mateo mauricio mónica "
    "monica nelson nicolás norma óscar oscar pablo paola patricia paula paulina raúl ricardo roberto "
    "rodrigo rosa rubén samuel sandra sebastián sergio silvia sofía susana teresa tomás valentina valeria "
    "verónica víctor victor viviana xiomara yadira yamileth yesenia yolanda zulma wilmer yuleisy yusmary "
    "keiner deisy nubia joão joao josué antônio aline adriana adriano beatriz bruno caio camila cláudia "
    "cristina débora edson fábio fernanda flávia guilherme helena henrique igor jair jéssica larissa "
    "leandro leonardo letícia lucas luciana luiz luíza marcelo márcia mateus matheus natália otávio paulo "
    "rafaela raimunda renata renato sônia tatiana thiago tiago vinícius vitória wesley jean pierre marie "
    "michel jacques françois françoise nathalie philippe stéphane sylvie valérie véronique yves "
    "jean-pierre marie-claire emmanuel fritz guerline islande lovely mirlande nadège ketty wideline jude "
    "john james mary robert michael william richard joseph thomas christopher jennifer elizabeth linda "
    "barbara susan jessica sarah karen lisa nancy betty margaret ashley emily amanda melissa deborah "
    "stephanie rebecca kimberly cynthia kathleen amy angela anna brenda pamela nicole samantha katherine "
    "christine rachel janet catherine peter paul andrew steven kevin brian george edward ronald timothy "
    "jason jeffrey ryan jacob gary eric jonathan stephen larry justin benjamin gregory raymond patrick "
    "dennis jerry tyler aaron nathan henry douglas zachary kyle noah ethan jeremy ahmed mohammed muhammad "
    "fatima amina ibrahim omar hassan abdul"
)
CALLING = _words(
    "tel teléfono telefono teléfonos telefónico celular cel móvil movil whatsapp wasap llamar llame "
    "llamen comunicarse contacto phone telephone mobile cell call calling contact telefone fone ligar "
    "ligue contato téléphone tél portable appeler appelez joindre gsm fax"
)
# What a number of a person's papers follows.
PAPERS = _words(
    "identidad identidade identité identificación pasaporte passport passaporte passeport cédula cedula "
    "dni dui curp rfc cpf rg rne rnm rut run nuip nui cui dpi ine ssn nif nie ci carné carnet matrícula "
    "expediente registration identification id identity acnur unhcr visa visado visto protocolo"
)
# Which of them stand in capitals, being small words otherwise.
CAPITAL_PAPERS = _words("run rg ci id ine cui nie nif visa visto protocolo acnur unhcr")
# Between a paper and its number.
NUMBERING = _words(
    "n no nº n° º ° num núm número numero number numéro de del do da du of is es é est identidad "
    "identidade identité ciudadanía cidadania extranjería refugiado refugiada card document documento "
    "case caso registro con with com avec the la el o le y his her su seu sua son sa"
)
STREETS_BEFORE = _words(
    "calle carrera cra cll avenida av avda ave bulevar blvd pasaje diagonal transversal jirón jr camino "
    "rua travessa alameda rodovia estrada rue avenue boulevard chemin impasse allée quai"
)
STREETS_AFTER = _words("street st road rd avenue ave lane ln drive dr boulevard blvd court ct terrace way")
FRENCH_STREETS = _words("rue avenue boulevard chemin impasse allée quai place bd")
HOUSE = _words("n no nº n° º ° num núm número numero nro int interior apto casa lote s/n")
# A number before these counts things or time.
COUNTED = _words(
    "años año meses mes días día semanas horas personas niñas niños familias mujeres hombres anos ano "
    "dias dia pessoas famílias mulheres ans an mois jours jour semaines heures personnes familles years "
    "year months month days day weeks hours people persons families women men children por % millones "
    "milhões millions km m metros de"
)
# Surnames: with a capital word before them they are a name.
SURNAMES = _words(
    "gonzález rodríguez rodriguez pérez perez garcía garcia martínez martinez lópez lopez hernández "
    "hernandez gómez gomez díaz diaz sánchez sanchez ramírez ramirez torres flores rivera vásquez "
    "castillo morales romero jiménez jimenez rojas moreno álvarez alvarez muñoz munoz gutiérrez gutierrez "
    "ruiz vargas mendoza herrera medina castro ortiz guerrero contreras molina silva ramos suárez suarez "
    "delgado paredes parra rondón blanco quintero quispe mamani huanca condori ríos aguilar reyes chávez "
    "chavez guzmán salazar cárdenas valencia mosquera angulo cuero arboleda santos souza sousa oliveira "
    "pereira ferreira almeida costa lima gomes ribeiro carvalho alves araújo barbosa cardoso nascimento "
    "moreira teixeira nogueira pierre joseph baptiste louis charles françois desrosiers augustin "
    "toussaint dorval philippe desir pierre-louis saint-fleur williams johnson brown jones davis wilson "
    "thomas thompson campbell grant clarke persaud singh mohammed"
)
# Words that begin a sentence with a capital before a surname.
BEGINNINGS = _words(
    "el la los las en the os as les le un una de según para com con selon according por que se y and et e "
    "sin ante como quando cuando when quand mas pero but mais familia família family famille"
)
