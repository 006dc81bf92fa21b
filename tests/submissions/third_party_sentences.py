"""Invented sentences of contributions, by language: `{what is to be pointed out|its kind}`.

Nobody in them is a real person; the numbers belong to nobody.
"""

SENTENCES = {
    "es": """
El padre mostró su DPI {2547 88123 0101|paper} en la ventanilla.
En Honduras nació con el número {0801-1990-12345|paper} y no aparece.
La señora tiene cédula {001-010190-0001A|paper} de Nicaragua.
La red lleva el registro de 1 200 000 personas y la matrícula de 25 000 alumnos.
La señora {Marisela Contreras|name} cruzó el Darién con sus dos hijos en marzo.
Nos lo contó {María González|name}, que llegó en 2019.
El niño {Yeferson Alexis Rondón|name} no tiene partida de nacimiento.
Entrevistamos a {Juan Carlos Pérez Gómez|name} en el albergue.
La lideresa {Nidia Arrechea|name} acompaña a doce familias.
Una mujer llamada {Deisy Paola Angulo|name} perdió su cita.
Me llamo {Wilmer Tovar|name} y soy de Maracaibo.
Escriban a {rosa.angulo@example.org|email} para recibir el informe.
Pueden llamar a la refugiada al {+57 300 555 0142|phone}.
Su teléfono es {55 1234 5678|phone} y contesta por la tarde.
WhatsApp {0414-555-0198|phone}, preguntar por la familia.
El pasaporte {AB1234567|paper} venció en mayo.
Con cédula de ciudadanía No. {1098765432|paper} no pudo abrir una cuenta.
Su CURP es {GOML850412MDFRRS09|paper}.
La titular del RUT {12.345.678-5|paper} espera desde enero.
DNI {45678912|paper}, emitido en Lima.
El expediente n.º {2023-45817|paper} sigue abierto.
Vive en {Calle Hidalgo 123|address}, cerca del mercado.
La familia duerme en {Carrera 7 # 12-30|address}.
Su casa está en la {Av. Insurgentes Sur 1602|address}.
Hablamos con el Dr. {Anselmo Quintanilla|name}, del hospital.
Don {Ramiro|name} guarda las llaves del comedor.
La solicitante {Keiner Josefina Blanco|name} tiene 24 años.
Su hermana {Yuleisy Mora|name} quedó en Tapachula.
La Universidad José Cecilio del Valle abrió sus puertas.
El Instituto Simón Bolívar capacita a funcionarios.
La Fundación Ana Frank apoya a niñas y niños.
En 2019-2023 se registraron 12.500.000 desplazamientos.
El presupuesto fue de 1 200 000 pesos en tres años.
La Declaración de Cartagena cumple cuarenta años.
El Plan de Acción de Brasil 2014-2024 fijó once programas.
Las niñas y niños en situación de calle necesitan atención.
Viven en la calle 3 años en promedio.
La Señora Presidenta abrió la sesión.
Pedimos al Estado de Costa Rica que derogue el artículo 12.
El Decreto 057 de 2021 creó un estatuto temporal.
Refugiada y apátrida son condiciones jurídicas distintas.
San José y Santa María recibieron a 340 familias.
El niño Maya habla dos lenguas.
La Ley 1448 de 2011 reconoce a las víctimas.
El 12/03/2024 se reunió la mesa de Tapachula.
ACNUR y OIM registraron 45.812 solicitudes.
La mujer Wayuu cruza la frontera a diario.
El Río Suchiate marca el límite entre dos países.
Cada persona solicitante recibe una cédula de identidad de refugiado en 30 días.
La Casa del Migrante Frida abrió en 2018 con 120 camas.
El Puente Simón Bolívar se reabrió en 2022.
El Comité de los Derechos del Niño lo recomendó en su observación 22.
El relato de {Yohandry Paredes|name}, de 31 años, muestra la falta de citas.
Doña {Carmen Rosa Huanca|name} alquila cuartos a familias.
Contacte al abogado en el {301 555 0177|phone} antes del viernes.
El permiso de {Nohemí|name} venció y la deportaron.
Su número de identificación es {V-18456789|paper}.
Reside en la {Diagonal 45 # 20-11|address}, barrio La Paz.
Correo del padre: {p.paredes@correo.example|email}.
El Albergue Jesús El Buen Pastor recibe a 90 personas.
La Cátedra Sérgio Vieira de Mello reúne a universidades.
El Parque Bicentenario reunió a 2.500 personas el 20 de junio.
La señora canciller y el señor ministro firmaron el acuerdo.
Costa Rica, Panamá y México coordinan el corredor.
""",
    "en": """
Her DPI {1987 65432 0101|paper} was refused at the bank.
The officer wrote down {171234567-8|paper} and sent him away.
Mrs. {Adaeze Thompson|name} waited two years for her hearing.
We spoke to {John Baptiste|name} at the port.
The child {Kerlande Louis|name} has no birth certificate.
Her daughter {Mirlande Joseph|name} goes to school in Belize City.
A man named {Orville Grantley|name} lost his papers at sea.
My name is {Shanice Alleyne|name} and I came from Jérémie.
Write to {case.worker@example.org|email} about the transfer.
Call her on {+1 868 555 0123|phone} after six.
Her mobile is {868-555-0187|phone}.
You can reach the family at {(305) 555-0142|phone}.
Passport number {P4412789|paper} was kept by the agent.
His alien number is {A-123 456 789|paper}.
The applicant with {123-45C00123|paper} was never called.
Her SSN is {123-45-6789|paper}.
She lives at {221 Baker Street|address} with her aunt.
They rent a room at {45 Elm Road|address}.
Dr. {Pemberton|name} signed the medical report.
The witness {Lovely Desrosiers|name} left the country.
Mr {Ian Fitzroy|name} manages the shelter.
The refugee {Yusmary Blanco|name} opened a bakery.
Passport no. {E01234567|paper} expired.
According to {Mary Anne Charles|name}, nobody explained the form.
The Refugee Convention applies to everybody.
A child Protection Officer visits each week.
The Anna Freud Centre trained forty teachers.
Martin Luther King Street was renamed.
In 2014-2024 the region received 7,500,000 people.
Refugee Status Determination takes 18 months on average.
Madam Chair, we thank the Secretariat.
Mr. President, excellencies, colleagues.
The John Compton Hospital opened a clinic.
The State should amend section 14 of the Act of 1998.
The Brazil Plan of Action had eleven programmes.
We ask for USD 1 200 000 over three years.
On 12/03/2024 the table met in Port of Spain.
The mother Tongue programme reaches 300 pupils.
Woman and Child Welfare is a ministry of its own.
Saint Lucia and Trinidad and Tobago have no asylum law.
Identity documents should be issued within 30 days.
A passport costs 120 dollars.
Road works closed the crossing for 12 days.
UNHCR registered 45,812 persons in 2023.
Resolution 75/163 names older refugees.
The hearing lasted from 10.30 to 12.45.
The Girl Guides of Belize lent their hall.
{Marie-Ange Pierre|name}, 34, told us she slept at the bus terminal.
Ms {Okafor|name} leads the women's group.
Our neighbour {Delroy Whyte|name} was evicted in May.
Reach her brother: {+592 600 1234|phone}.
The birth certificate of {Kayla Baptiste|name} was lost.
Their room is on {12 Freedom Street|address}.
National ID {900101-10-1234|paper} was rejected.
Her email, {kb@mail.example|email}, bounced.
The Caribbean Migration Consultations met in May.
Dame Eugenia Charles Boulevard was closed.
Justice Committee members visited the border.
The Dominican Republic and Guyana reported 1,234,567 crossings.
""",
    "pt": """
O DPI {2547 88123 0101|paper} não foi aceito no posto.
O CUIL {20-12345678-9|paper} dela ainda está ativo.
A senhora {Cleonice Barbosa|name} mora no abrigo desde abril.
Quem contou foi {João da Silva|name}, da associação.
A criança {Yarelis Medina|name} não tem certidão.
Conversamos com {Beatriz Nogueira|name} em Pacaraima.
Um homem chamado {Adelmo Furtado|name} perdeu os papéis.
Meu nome é {Jucineide Prado|name} e vim de Manaus.
Seu filho {Wesley Teixeira|name} estuda à noite.
Escreva para {marta.lima@example.org|email} até sexta.
Ligue para {+55 11 98765-4321|phone} depois das seis.
O telefone dela é {(92) 3234-5678|phone}.
WhatsApp {95 98765-4321|phone}.
O CPF {123.456.789-09|paper} foi recusado.
Com RNM {F1234567|paper} ela abriu uma conta.
Passaporte {YB123456|paper} vencido desde 2020.
O RG {12345678|paper} não foi aceito.
Mora na {Rua das Flores, 120|address}, perto da praça.
A família vive na {Av. Brasil 1500|address}.
A {Travessa São Pedro 45|address} alaga todo ano.
Dona {Raimunda|name} cozinha para sessenta pessoas.
O Dr. {Evandro Sales|name} atende às terças.
A refugiada {Yusmely Carreño|name} abriu uma padaria.
A testemunha {Luciana Prates|name} saiu do país.
O professor {Aristides|name} dá aulas de português.
A Universidade Luiz Gama abriu vagas.
O Instituto Igarapé publicou um estudo.
A Lei Maria da Penha protege as mulheres.
A Lei 9.474 de 1997 criou o comitê.
Entre 2014-2024 chegaram 1.250.000 pessoas.
O orçamento foi de 1.200.000 reais.
A Operação Acolhida mantém nove abrigos.
O Plano de Ação do Brasil tem onze programas.
Crianças em situação de rua precisam de escola.
Moram na rua 3 anos em média.
Senhora Presidente, agradecemos a palavra.
São Paulo e Santa Catarina receberam 340 famílias.
Em 12/03/2024 a mesa se reuniu em Boa Vista.
O ACNUR registrou 45.812 pedidos.
Cada refugiado recebe um documento em 30 dias.
A mulher Warao faz artesanato.
O Estado do Amazonas tem dois centros.
O passaporte custa 120 reais.
A Escola Paulo Freire ensina adultos.
A Resolução Normativa 33 mudou a entrevista.
O Hospital João Lúcio atende sem documento.
{Ivanilde Sousa|name} contou que dormiu na rodoviária.
O menino {Cauã|name} não fala português.
A sra. {Noemi Tavares|name} coordena o grupo.
Meu telefone é {(95) 99123-4567|phone}.
Documento: RG {MG-12.345.678|paper}.
Rua {Sete de Setembro, 450|address}, ao lado da feira.
Fale com {abrigo.norte@exemplo.example|email}.
O Projeto Caminhos de Luz atende 80 crianças.
A Cátedra Sérgio Vieira de Mello tem 40 universidades.
O Supremo Tribunal Federal decidiu em 2023.
Boa Vista e Pacaraima receberam 12.345 pessoas.
A professora da escola pediu mais livros.
""",
    "fr": """
Sa carte porte le numéro {003-123-456-7|paper} et n’est plus valable.
Le passeport {12 3456 789|paper} a été perdu en route.
Madame {Rose-Andrée Casimir|name} attend depuis deux ans.
Nous avons parlé avec {Jean Wilner Dorival|name} au port.
L'enfant {Kervens Estimé|name} n'a pas d'acte de naissance.
Sa fille {Mirlande Augustin|name} va à l'école à Cayenne.
Un homme nommé {Fritzner Bazile|name} a perdu ses papiers.
Je m'appelle {Guerline Philogène|name} et je viens des Cayes.
Écrivez à {claire.augustin@example.org|email} avant vendredi.
Appelez le {+509 34 55 01 42|phone} après dix-huit heures.
Son téléphone est le {06 12 34 56 78|phone}.
Portable {0694 55 01 42|phone}, demander la mère.
Le passeport {RD1234567|paper} est périmé.
Sa carte d'identité n° {1234567890|paper} a été refusée.
NIF {003-123-456|paper} au nom de la mère.
Elle habite {12 rue des Lilas|address} avec sa tante.
La famille loge au {45 bis avenue Jean|address}.
Le Dr {Anténor Lafleur|name} a signé le certificat.
M. {Exantus|name} garde les clés du centre.
Mme {Lovely Desravines|name} parle créole et espagnol.
La réfugiée {Yadira Montoya|name} a ouvert un atelier.
Le témoin {Michel Toussaint|name} a quitté le pays.
Selon {Nathalie Pierre-Louis|name}, personne n'a expliqué le formulaire.
La Convention relative au statut des réfugiés s'applique à tous.
La Fondation Michel Camdessus soutient dix écoles.
L'Université Quisqueya a ouvert une clinique.
Le Plan d'action du Brésil compte onze programmes.
Entre 2014-2024, 1 250 000 personnes sont arrivées.
Le budget était de 1 200 000 dollars.
Madame la Présidente, nous vous remercions.
Monsieur le Président, chers collègues.
Saint-Laurent et Sainte-Marie ont accueilli 340 familles.
Le 12/03/2024, la table s'est réunie à Ouanaminthe.
Le HCR a enregistré 45 812 demandes.
Chaque réfugié reçoit un document en 30 jours.
La femme Kali'na tisse des hamacs.
La loi 2018-778 a changé la procédure.
Un passeport coûte 120 dollars.
Les enfants de la rue ont besoin d'une école.
Le centre offre 12 places de nuit.
L'École Jean Price-Mars forme des maîtres.
La Cour a décidé en 2021.
L'article 14 du décret doit être abrogé.
{Wideline Saint-Fleur|name} a dormi trois nuits au port.
Notre voisin {Jameson Petit|name} a été expulsé en mai.
Son numéro : {+594 694 12 34 56|phone}.
Monsieur {Blaise|name} garde les enfants.
Le NIF {001-987-654-3|paper} est faux.
Ils logent {14, rue Capois|address}, au fond de la cour.
Courriel : {j.petit@exemple.example|email}.
Le Collège Saint-Louis accueille 200 élèves.
La rue Capois est fermée depuis mars.
La Commission nationale a reçu 12 345 dossiers.
Madame la ministre a ouvert la séance.
Port-au-Prince et Cap-Haïtien manquent d'écoles.
""",
}
