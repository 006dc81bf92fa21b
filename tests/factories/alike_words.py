"""Words for `alike_pledges`: each topic, phrase and name as people write it in three languages.

A topic's titles and sentences were written one by one and say the same, not word by word.
"""

# Per language two titles, then two ways to tell what is done; `{n}` is counted, `{town}` is where.
TOPICS: dict[str, dict[str, tuple[tuple[str, str], tuple[str, str]]]] = {
    "births": {
        "es": (
            ("Inscripción de nacimientos en la frontera", "Ningún niño sin acta de nacimiento"),
            (
                "Brigadas móviles del registro civil inscribirán a {n} niñas y niños nacidos en camino cerca de {town}.",
                "En {town} abriremos ventanillas los sábados para dar acta de nacimiento a {n} menores sin papeles.",
            ),
        ),
        "pt": (
            ("Registro de nascimentos na fronteira", "Nenhuma criança sem certidão de nascimento"),
            (
                "Equipes volantes do cartório registrarão {n} crianças nascidas durante a viagem na região de {town}.",
                "Vamos abrir guichês aos sábados em {town} e emitir certidão para {n} crianças sem documentos.",
            ),
        ),
        "en": (
            ("Birth registration at the border", "A birth certificate for every child"),
            (
                "Mobile teams of the civil registry will register {n} children born on the way around {town}.",
                "We open counters on Saturdays in {town} so that {n} undocumented children get a certificate.",
            ),
        ),
    },
    "schools": {
        "es": (
            ("Cupos escolares para niñez refugiada", "Todas las niñas y los niños en la escuela"),
            (
                "Las escuelas públicas de {town} recibirán a {n} alumnos refugiados con clases de nivelación.",
                "Abriremos {n} cupos en primaria en {town}, sin exigir certificados del país de origen.",
            ),
        ),
        "pt": (
            ("Vagas escolares para crianças refugiadas", "Todas as crianças na escola"),
            (
                "A rede pública de {town} matriculará {n} estudantes refugiados, com aulas de reforço.",
                "Serão criadas {n} vagas no ensino fundamental em {town}, sem pedir histórico escolar de origem.",
            ),
        ),
        "en": (
            ("School places for refugee children", "Every child goes to school"),
            (
                "Public schools of {town} will enrol {n} refugee pupils and give them catch-up lessons.",
                "We create {n} primary school places in {town} and ask for no certificates from home.",
            ),
        ),
    },
    "jobs": {
        "es": (
            ("Empleo formal para personas refugiadas", "Contratar a quienes llegaron"),
            (
                "Contrataremos a {n} personas refugiadas en hoteles y talleres de {town} con todas las prestaciones.",
                "Una bolsa de trabajo en {town} colocará a {n} recién llegados en puestos formales.",
            ),
        ),
        "pt": (
            ("Emprego formal para pessoas refugiadas", "Contratar quem chegou"),
            (
                "Contrataremos {n} pessoas refugiadas em hotéis e oficinas de {town} com carteira assinada.",
                "Um balcão de vagas em {town} encaminhará {n} recém-chegados a postos formais.",
            ),
        ),
        "en": (
            ("Formal jobs for refugees", "Hiring those who have arrived"),
            (
                "We will hire {n} refugees in hotels and workshops of {town} with full benefits.",
                "A job desk in {town} places {n} newcomers in formal positions.",
            ),
        ),
    },
    "judges": {
        "es": (
            ("Formación de jueces en derecho de refugiados", "Tribunales que conocen el asilo"),
            (
                "Capacitaremos a {n} jueces y defensores en {town} sobre asilo y no devolución.",
                "Un curso anual en {town} preparará a {n} personas del poder judicial en protección internacional.",
            ),
        ),
        "pt": (
            ("Formação de juízes em direito dos refugiados", "Tribunais que conhecem o refúgio"),
            (
                "Capacitaremos {n} juízes e defensores em {town} sobre refúgio e não devolução.",
                "Um curso por ano em {town} preparará {n} pessoas do judiciário em proteção internacional.",
            ),
        ),
        "en": (
            ("Training judges in refugee law", "Courts that know asylum"),
            (
                "We train {n} judges and public defenders in {town} on asylum and non-refoulement.",
                "A yearly course in {town} prepares {n} people of the judiciary in international protection.",
            ),
        ),
    },
    "police": {
        "es": (
            ("Formación de policías de frontera", "Policías que escuchan"),
            (
                "Capacitaremos a {n} agentes de migración y policía en {town} para detectar necesidades de protección.",
                "Talleres en {town} enseñarán a {n} agentes a remitir casos a la autoridad de asilo.",
            ),
        ),
        "pt": (
            ("Formação de policiais de fronteira", "Policiais que escutam"),
            (
                "Capacitaremos {n} agentes de migração e polícia em {town} para reconhecer necessidades de proteção.",
                "Oficinas em {town} ensinarão {n} agentes a encaminhar casos à autoridade de refúgio.",
            ),
        ),
        "en": (
            ("Training border police", "Officers who listen"),
            (
                "We train {n} migration and police officers in {town} to recognise protection needs.",
                "Workshops in {town} teach {n} officers to refer cases to the asylum authority.",
            ),
        ),
    },
    "shelter": {
        "es": (
            ("Albergue temporal para familias desplazadas", "Un techo para cada familia"),
            (
                "Ampliaremos el albergue de {town} a {n} camas con espacios separados para mujeres.",
                "{n} familias desplazadas encontrarán alojamiento de emergencia en {town} durante seis meses.",
            ),
        ),
        "pt": (
            ("Abrigo temporário para famílias deslocadas", "Um teto para cada família"),
            (
                "Ampliaremos o abrigo de {town} para {n} leitos com espaços separados para mulheres.",
                "{n} famílias deslocadas terão alojamento de emergência em {town} por seis meses.",
            ),
        ),
        "en": (
            ("Temporary shelter for displaced families", "A roof for every family"),
            (
                "We extend the shelter of {town} to {n} beds, with separate rooms for women.",
                "{n} displaced families will find emergency lodging in {town} for six months.",
            ),
        ),
    },
    "health": {
        "es": (
            ("Atención primaria de salud sin barreras", "Salud para quienes se mueven"),
            (
                "El hospital de {town} atenderá a {n} personas en movilidad sin pedir documentos.",
                "Clínicas móviles darán {n} consultas de salud materna y mental cerca de {town}.",
            ),
        ),
        "pt": (
            ("Atenção primária à saúde sem barreiras", "Saúde para quem se desloca"),
            (
                "O hospital de {town} atenderá {n} pessoas em mobilidade sem exigir documentos.",
                "Clínicas móveis farão {n} consultas de saúde materna e mental perto de {town}.",
            ),
        ),
        "en": (
            ("Primary health care without barriers", "Health for people on the move"),
            (
                "The hospital of {town} will treat {n} people on the move without asking for papers.",
                "Mobile clinics give {n} consultations for mothers and mental health near {town}.",
            ),
        ),
    },
    "stateless": {
        "es": (
            ("Procedimiento para determinar la apatridia", "Poner fin a la apatridia"),
            (
                "Crearemos un procedimiento de determinación y resolveremos {n} solicitudes de personas apátridas en {town}.",
                "Una ley facilitará la naturalización de {n} personas apátridas que viven en {town}.",
            ),
        ),
        "pt": (
            ("Procedimento para determinar a apatridia", "Acabar com a apatridia"),
            (
                "Criaremos um procedimento de determinação e decidiremos {n} pedidos de pessoas apátridas em {town}.",
                "Uma lei facilitará a naturalização de {n} pessoas apátridas que moram em {town}.",
            ),
        ),
        "en": (
            ("A procedure to determine statelessness", "Ending statelessness"),
            (
                "We create a determination procedure and decide {n} applications of stateless people in {town}.",
                "A law will ease the naturalisation of {n} stateless persons who live in {town}.",
            ),
        ),
    },
    "resettle": {
        "es": (
            ("Plazas de reasentamiento y patrocinio comunitario", "Vías complementarias de admisión"),
            (
                "Recibiremos a {n} personas refugiadas por patrocinio comunitario, con acogida en {town}.",
                "Abriremos {n} plazas de reasentamiento y visas humanitarias; las familias llegarán a {town}.",
            ),
        ),
        "pt": (
            ("Vagas de reassentamento e patrocínio comunitário", "Vias complementares de admissão"),
            (
                "Receberemos {n} pessoas refugiadas por patrocínio comunitário, com acolhida em {town}.",
                "Abriremos {n} vagas de reassentamento e vistos humanitários; as famílias chegarão a {town}.",
            ),
        ),
        "en": (
            ("Resettlement places and community sponsorship", "Complementary pathways of admission"),
            (
                "We receive {n} refugees through community sponsorship, welcomed in {town}.",
                "We open {n} resettlement places and humanitarian visas; families will arrive in {town}.",
            ),
        ),
    },
    "disaster": {
        "es": (
            ("Protección de desplazados por desastres", "Visas tras huracanes e inundaciones"),
            (
                "Tras un huracán daremos permisos de estancia a {n} personas desplazadas hacia {town}.",
                "Simulacros y planes de evacuación en {town} prepararán a {n} habitantes ante inundaciones.",
            ),
        ),
        "pt": (
            ("Proteção de deslocados por desastres", "Vistos após furacões e enchentes"),
            (
                "Depois de um furacão daremos autorizações de residência a {n} pessoas deslocadas para {town}.",
                "Simulações e planos de evacuação em {town} prepararão {n} moradores para enchentes.",
            ),
        ),
        "en": (
            ("Protection of people displaced by disasters", "Visas after hurricanes and floods"),
            (
                "After a hurricane we give stay permits to {n} people displaced to {town}.",
                "Drills and evacuation plans in {town} prepare {n} inhabitants for floods.",
            ),
        ),
    },
    "credit": {
        "es": (
            ("Microcréditos para emprendedoras refugiadas", "Capital semilla para mujeres"),
            (
                "Un fondo dará microcréditos a {n} emprendedoras en {town} con asesoría contable.",
                "{n} mujeres de {town} recibirán capital semilla y formación para abrir un negocio.",
            ),
        ),
        "pt": (
            ("Microcrédito para empreendedoras refugiadas", "Capital semente para mulheres"),
            (
                "Um fundo dará microcrédito a {n} empreendedoras em {town} com assessoria contábil.",
                "{n} mulheres de {town} receberão capital semente e formação para abrir um negócio.",
            ),
        ),
        "en": (
            ("Microcredit for refugee entrepreneurs", "Seed capital for women"),
            (
                "A fund gives microcredit to {n} women entrepreneurs in {town}, with help in bookkeeping.",
                "{n} women of {town} get seed capital and training to start a business.",
            ),
        ),
    },
    "diplomas": {
        "es": (
            ("Reconocimiento de títulos universitarios", "Diplomas que cruzan fronteras"),
            (
                "La universidad de {town} revalidará sin costo {n} títulos de profesionales refugiados.",
                "Un trámite abreviado en {town} reconocerá {n} diplomas obtenidos en el extranjero.",
            ),
        ),
        "pt": (
            ("Reconhecimento de diplomas universitários", "Diplomas que atravessam fronteiras"),
            (
                "A universidade de {town} revalidará sem custo {n} diplomas de profissionais refugiados.",
                "Um processo abreviado em {town} reconhecerá {n} títulos obtidos no exterior.",
            ),
        ),
        "en": (
            ("Recognition of university degrees", "Diplomas across borders"),
            (
                "The university of {town} validates {n} degrees of refugee professionals free of charge.",
                "A shortened procedure in {town} recognises {n} diplomas obtained abroad.",
            ),
        ),
    },
    "hotline": {
        "es": (
            ("Línea telefónica contra la violencia de género", "Escucha las veinticuatro horas"),
            (
                "Una línea gratuita desde {town} atenderá {n} llamadas de mujeres que sufrieron violencia.",
                "Acompañaremos en {town} a {n} sobrevivientes con abogadas y psicólogas.",
            ),
        ),
        "pt": (
            ("Linha telefônica contra a violência de gênero", "Escuta vinte e quatro horas"),
            (
                "Uma linha gratuita a partir de {town} atenderá {n} chamadas de mulheres que sofreram violência.",
                "Acompanharemos em {town} {n} sobreviventes com advogadas e psicólogas.",
            ),
        ),
        "en": (
            ("A telephone line against gender violence", "Listening around the clock"),
            (
                "A free line run from {town} takes {n} calls of women who suffered violence.",
                "We accompany {n} survivors in {town} with lawyers and psychologists.",
            ),
        ),
    },
    "language": {
        "es": (
            ("Cursos de idioma para recién llegados", "La lengua abre puertas"),
            (
                "Bibliotecas de {town} ofrecerán cursos nocturnos de idioma a {n} personas adultas.",
                "{n} personas estudiarán el idioma en {town} con guardería durante las clases.",
            ),
        ),
        "pt": (
            ("Cursos de idioma para recém-chegados", "A língua abre portas"),
            (
                "Bibliotecas de {town} oferecerão cursos noturnos de idioma a {n} pessoas adultas.",
                "{n} pessoas estudarão o idioma em {town}, com creche durante as aulas.",
            ),
        ),
        "en": (
            ("Language courses for newcomers", "Language opens doors"),
            (
                "Libraries of {town} offer evening language courses to {n} adults.",
                "{n} people learn the language in {town}, with child care during lessons.",
            ),
        ),
    },
    "data": {
        "es": (
            ("Estadísticas de desplazamiento en el censo", "Contar para proteger"),
            (
                "El instituto de estadística incluirá preguntas sobre desplazamiento y encuestará {n} hogares en {town}.",
                "Publicaremos cada año datos desagregados de {n} hogares desplazados de {town}.",
            ),
        ),
        "pt": (
            ("Estatísticas de deslocamento no censo", "Contar para proteger"),
            (
                "O instituto de estatística incluirá perguntas sobre deslocamento e ouvirá {n} domicílios em {town}.",
                "Publicaremos todo ano dados desagregados de {n} domicílios deslocados de {town}.",
            ),
        ),
        "en": (
            ("Displacement statistics in the census", "Counting in order to protect"),
            (
                "The statistics institute adds questions on displacement and surveys {n} households in {town}.",
                "Every year we publish disaggregated data on {n} displaced households of {town}.",
            ),
        ),
    },
    "legal": {
        "es": (
            ("Asesoría jurídica gratuita", "Abogados junto a quien pide asilo"),
            (
                "Clínicas jurídicas de {town} representarán sin costo a {n} solicitantes de asilo.",
                "Un consultorio legal en {town} llevará {n} casos de reunificación familiar.",
            ),
        ),
        "pt": (
            ("Assessoria jurídica gratuita", "Advogados ao lado de quem pede refúgio"),
            (
                "Clínicas jurídicas de {town} representarão sem custo {n} solicitantes de refúgio.",
                "Um escritório jurídico em {town} cuidará de {n} casos de reunião familiar.",
            ),
        ),
        "en": (
            ("Free legal advice", "Lawyers beside asylum seekers"),
            (
                "Law clinics of {town} represent {n} asylum seekers free of charge.",
                "A legal office in {town} takes {n} cases of family reunification.",
            ),
        ),
    },
    "water": {
        "es": (
            ("Agua y saneamiento en comunidades de acogida", "Agua limpia para todos"),
            (
                "Perforaremos pozos y tenderemos tuberías para {n} hogares de {town}, locales y refugiados.",
                "Plantas potabilizadoras en {town} servirán agua segura a {n} familias.",
            ),
        ),
        "pt": (
            ("Água e saneamento em comunidades de acolhida", "Água limpa para todos"),
            (
                "Perfuraremos poços e instalaremos redes para {n} lares de {town}, locais e refugiados.",
                "Estações de tratamento em {town} fornecerão água segura a {n} famílias.",
            ),
        ),
        "en": (
            ("Water and sanitation in host communities", "Clean water for all"),
            (
                "We drill wells and lay pipes for {n} homes of {town}, of locals and refugees alike.",
                "Treatment plants in {town} bring safe water to {n} families.",
            ),
        ),
    },
    "youth": {
        "es": (
            ("Deporte y liderazgo juvenil", "Jóvenes que deciden"),
            (
                "Consejos de jóvenes en {town} formarán a {n} líderes refugiados y locales.",
                "Torneos y escuelas de fútbol en {town} reunirán a {n} adolescentes de ambos lados.",
            ),
        ),
        "pt": (
            ("Esporte e liderança juvenil", "Jovens que decidem"),
            (
                "Conselhos de jovens em {town} formarão {n} lideranças refugiadas e locais.",
                "Torneios e escolinhas de futebol em {town} reunirão {n} adolescentes dos dois lados.",
            ),
        ),
        "en": (
            ("Sports and youth leadership", "Young people decide"),
            (
                "Youth councils in {town} train {n} refugee and local leaders.",
                "Tournaments and football schools in {town} bring together {n} teenagers of both sides.",
            ),
        ),
    },
    "farming": {
        "es": (
            ("Tierra y semillas para el retorno", "Volver a sembrar"),
            (
                "Entregaremos parcelas, semillas y asistencia técnica a {n} familias retornadas de {town}.",
                "Cooperativas agrícolas de {town} integrarán a {n} campesinos que regresan.",
            ),
        ),
        "pt": (
            ("Terra e sementes para o retorno", "Voltar a plantar"),
            (
                "Entregaremos lotes, sementes e assistência técnica a {n} famílias retornadas de {town}.",
                "Cooperativas agrícolas de {town} integrarão {n} camponeses que voltam.",
            ),
        ),
        "en": (
            ("Land and seeds for those who return", "Sowing again"),
            (
                "We hand plots, seeds and technical help to {n} returned families of {town}.",
                "Farm cooperatives of {town} take in {n} peasants who come back.",
            ),
        ),
    },
    "papers": {
        "es": (
            ("Permisos de residencia en treinta días", "Documentos a tiempo"),
            (
                "La oficina de {town} entregará {n} permisos de residencia en un plazo de treinta días.",
                "Digitalizaremos el trámite y {n} personas tendrán su carné de identidad en {town}.",
            ),
        ),
        "pt": (
            ("Autorizações de residência em trinta dias", "Documentos a tempo"),
            (
                "O posto de {town} entregará {n} autorizações de residência em até trinta dias.",
                "Digitalizaremos o processo e {n} pessoas terão sua carteira de identidade em {town}.",
            ),
        ),
        "en": (
            ("Residence permits within thirty days", "Papers in time"),
            (
                "The office of {town} issues {n} residence permits within thirty days.",
                "We make the procedure digital, and {n} people get their identity card in {town}.",
            ),
        ),
    },
}
# What most pledges say besides; it tells nothing.
PHRASES: tuple[dict[str, str], ...] = (
    {
        "es": "El trabajo se hará junto con las comunidades de acogida y con enfoque de género.",
        "pt": "O trabalho será feito com as comunidades de acolhida e com perspectiva de gênero.",
        "en": "The work is done together with host communities and looks at gender.",
    },
    {
        "es": "Cada año informaremos de los avances y publicaremos los resultados.",
        "pt": "A cada ano relataremos os avanços e publicaremos os resultados.",
        "en": "Every year we report on progress and publish the results.",
    },
    {
        "es": "El compromiso contribuye a la Declaración y al Plan de Acción de Chile.",
        "pt": "O compromisso contribui para a Declaração e o Plano de Ação do Chile.",
        "en": "The pledge contributes to the Chile Declaration and Plan of Action.",
    },
    {
        "es": "Participarán organizaciones lideradas por personas refugiadas desde el diseño.",
        "pt": "Organizações lideradas por pessoas refugiadas participarão desde o desenho.",
        "en": "Refugee-led organizations take part from the design onwards.",
    },
)
MONEY = {
    "es": "Se destinarán {money} a lo largo del periodo.",
    "pt": "Serão destinados {money} ao longo do período.",
    "en": "{money} are set aside for the whole period.",
}
SECOND_PHASE = {
    "es": "Segunda fase: amplía lo hecho desde el foro anterior.",
    "pt": "Segunda fase: amplia o que foi feito desde o fórum anterior.",
    "en": "Second phase: builds on what was done since the last forum.",
}
TOWNS: dict[str, tuple[str, ...]] = {
    "MX": ("Tapachula", "Tenosique", "Saltillo", "Monterrey", "Tijuana"),
    "GT": ("Ayutla", "Esquipulas", "Quetzaltenango", "Santa Elena"),
    "HN": ("Ocotepeque", "San Pedro Sula", "Choluteca", "Danlí"),
    "CR": ("Upala", "Los Chiles", "Desamparados", "Limón"),
    "PA": ("Metetí", "Bajo Chiquito", "Colón", "David"),
    "CO": ("Cúcuta", "Riohacha", "Pasto", "Necoclí", "Medellín"),
    "EC": ("Tulcán", "Ibarra", "Huaquillas", "Manta"),
    "PE": ("Tumbes", "Arequipa", "Tacna", "Trujillo"),
    "BR": ("Boa Vista", "Pacaraima", "Manaus", "Curitiba", "Foz do Iguaçu"),
    "CL": ("Arica", "Colchane", "Iquique", "Temuco"),
    "AR": ("Salta", "Posadas", "Rosario", "Mendoza"),
    "UY": ("Rivera", "Montevideo", "Salto", "Chuy"),
}
CURRENCY = {
    **{"MX": ("MXN", 17), "GT": ("GTQ", 8), "HN": ("HNL", 25), "CR": ("CRC", 520), "PA": ("PAB", 1)},
    **{"CO": ("COP", 4000), "EC": ("USD", 1), "PE": ("PEN", 4), "BR": ("BRL", 5), "CL": ("CLP", 900)},
    **{"AR": ("ARS", 800), "UY": ("UYU", 39)},
}
# Bodies of states are called in three languages, others have one name wherever they are.
BODIES: tuple[dict[str, str], ...] = (
    {"es": "Ministerio de Relaciones Exteriores", "pt": "Ministério das Relações Exteriores", "en": "Ministry of Foreign Affairs"},
    {"es": "Ministerio del Interior", "pt": "Ministério do Interior", "en": "Ministry of the Interior"},
    {"es": "Secretaría de Educación", "pt": "Secretaria de Educação", "en": "Secretariat of Education"},
    {"es": "Defensoría del Pueblo", "pt": "Defensoria do Povo", "en": "Office of the Ombudsperson"},
)
OTHERS = (
    *("Red Puente", "Fundación Orilla", "Cáritas del Sur", "Universidad de la Frontera", "Casa Común"),
    *("Hoteles Araucaria", "Banco Horizonte", "Asociación Raíces", "Mujeres en Marcha", "Fundação Ponte"),
    *("Instituto Acolher", "Open Door Alliance", "Young Voices Network", "Clínica Jurídica Alameda"),
    *("Cooperativa Semilla", "Consejo de Jóvenes del Istmo", "Servicio Pastoral Migrante", "Rede Abraço"),
)
