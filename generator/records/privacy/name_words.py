"""Words that tell nobody who is meant: what a name may share with ordinary text.

To add a language, add its words to each list. All languages are read at once: a record may hold a
name in one language and a text in another.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


SMALL_WORDS = word_set(
    """
    a s ad ai al am an and au aux av e ed el en et i in la las le les lo los na nad o of on or
    po pod the to u un une und v w with y z za d da das de degli dei del della delle dem den der
    des di do dos du l for pour por para per fur voor til till och og af avec con com mit met
    chez sur zum zur von vom van het ter bin binti bint ibn abu ben wa ya kwa dan untuk và va
    cho cua ve ile
    """
)
"""Words inside a name that its initials most often leave out; bare forms, without accents."""

COMMON_WORDS = word_set(
    """
    association associations associacao asociacion associacio assoc verein verband bund union
    unions sindicato syndicat federation federacion federacao confederation foundation fondation
    fundacion fundacao stiftung ministry ministere ministerio ministerium ministerstvo
    department departement departamento departments office bureau oficina buro agency agence
    agencia agentur authority autorite autoridad administration council conseil consejo conselho
    rat committee comite comision commission comissao board group groupe grupo gruppe groups
    network reseau red rede netz netzwerk alliance alianza alianca coalition coalicion platform
    plateforme plataforma forum society societe sociedad sociedade gesellschaft organisation
    organization organisations organizacion organizacao organisationen company compagnie
    compania empresa firma enterprise entreprise cooperative cooperativa kooperative bank banque
    banco university universite universidad universidade universitat college school ecole
    escuela escola schule institute institut instituto centre center centro zentrum hospital
    hopital clinic clinique clinica service services servicio servicos servico dienst programme
    program programa project projet proyecto projeto fund fonds fondo fundo unit team club
    secretariat secretaria directorate direction direccion general national nationale nacional
    regional regionale provincial provinciale district districts municipal municipality commune
    communal comuna local locale state etat estado federal central centrale international
    internationale internacional world mondial monde global royal public publique publica people
    people's republic republique government gouvernement gobierno governo city town village
    villages ville ciudad cidade stadt county county's region province rural urban north south
    east west nord sud est ouest norte sur leste oeste new great upper lower community
    communities communautaire comunitaria comunidad communaute civil social sociale health sante
    salud saude gesundheit education educacion educacao bildung agriculture agricultura agricole
    forestry forets forest water eau agua wasser land terre tierra terra environment
    environnement medio ambiente labour labor travail trabajo trabalho arbeit justice justicia
    finance finances hacienda planning interior affairs affaires asuntos development
    developpement desarrollo desenvolvimento entwicklung economy economic rights droits derechos
    direitos human humains humanos women womens femmes femme mujeres mujer mulheres frauen girls
    filles youth jeunes jeunesse juventud jovens jugend children enfants ninos criancas kinder
    men workers travailleurs trabajadores trabalhadores farmers paysans campesinos agricultores
    producers producteurs productores teachers students support action aid help relief care
    research study studies training trade industry commerce energy food nutrition housing
    transport culture sport peace security defence police law media press information technology
    partners partnership members leaders initiative movement mouvement movimiento movimento
    campaign limited ltd inc gmbh asbl ong ngo example african africa afrique asia asian europe
    european america american latin latina pacific arab
    """
)
"""Words of which no one alone tells which organisation is meant; bare forms, without accents."""

KIND_WORDS = word_set(
    """
    association ministry ministere ministerio ministerium department departement departamento
    office bureau agency agence council conseil consejo committee comite commission board group
    groupe grupo network reseau alliance coalition platform forum society organisation
    organization company cooperative bank university institute centre center hospital service
    services programme program project projet fund unit team union federation foundation
    national regional provincial district municipal local state federal central international
    general
    """
)
"""Of COMMON_WORDS those that say what sort of organisation it is: two of them still name nobody."""

KNOWN_ACRONYMS = word_set(
    """
    ngo ngos ong ongs ingo cso cbo fbo osc npo un onu eu ue usa us uk hiv aids sida vih gdp pib
    ict it tic id ids pdf ceo cfo drc rdc mou tor sme pme faq wash gbv vbg drr srh srhr mch anc
    idp idps covid lgbt lgbti lgbtq pwd cedaw sdg sdgs mdg mdgs odd crc csr msd vsla pta atm gps
    sms tv usd eur gbp am pm ad bc no ok ph md phd ma ba mba hr ex vs who
    """
)
"""Acronyms in capitals that mean something else in most texts; bare forms."""

ORDINARY_SHORT_WORDS = word_set(
    """
    a about act add age ago aid aim air ale all als ama ami and ano ans ant any apt arc are arm
    art ask ate aus aux avo axe bad bag ban bar bas bat bay bed bee bei ben bet bid big bis bit
    boa bom bon bow box boy bud bus but buy cab cap car cat ces cet che cle cob col com con cop
    cor cos cow coy cru cry cup cut dad dam das day dem den der des did die dig dim dir dog don
    dos dry due dur ear eat egg ego ein eis ela ele elf elm els end era eso est eta fan far fat
    fax fed fee fer few fig fin fis fit fix fly foe fog foi for fox fui fun fur gap gas get gin
    god got gut guy had hai han has hat hay hen her het hey hid him hip his hit hoe hop hot how
    hub hut ice ich ici ihm ihn ihr ill ils ink inn ion ira ist its jam jar jaw jet job joy key
    kid kit lab lac lag lap las lay led leg lei les let ley lid lie lip lit log los lot low lui
    luz mad mae mai mais mal man map mar mas mat may mel men mer mes met mit mix mob mom moi mon
    mot mud mum mur nao net neu new nez nom nor nos not now nul nun nur nut oak oat odd off oil
    old ona one oro ort oui our out ove own pad pai pan par pas pat pay paz pea peu pen per pet
    phi pie pig pin pis pit plan por pot pre pro pub put que qui rag ram ran rat raw red res rev
    rib rid rim rio rob rod rot row roi rue run sac sad sag sal sao sat saw say sea see sei sel
    sem ser ses set sew sex she sie six ski sky sob soi sol son soy sub sud sue sul sum sun sur
    tag tal tan tap tar tas tax tea tem ten ter tes the tia tie til tin tio tip tod toe ton too
    top toy try tub tue tun tus two una une uns urn use uva van var vas vat ver vet via vid vin
    vie vis vit voz war was wax way web wed wem wen wer wet who why wie win wir wit won wut yes
    yet you zoo zum zur
    """
)
"""Words of three letters in the commonest languages, which an acronym may happen to spell."""
