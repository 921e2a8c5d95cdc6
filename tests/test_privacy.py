"""Tests of privacy: contact data and nothing else is found, and hidden names are taken out."""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.base.problem import Severity
from generator.model.value import Value
from generator.records import privacy
from generator.records.checks.disclosures import allowed_words, contact_problems
from generator.records.plain_page import plain_page
from generator.records.privacy.contacts import find_contacts
from generator.records.privacy.name_matcher import NameMatcher
from generator.records.privacy.name_parts import NameParts
from generator.records.privacy.titles import titled_names
from generator.records.read_file import SourceText
from postmortems import MODEL, model

CONTENT = Path(__file__).parent.parent / "content"

TELEPHONES = """\
+856 20 5555 1234
+85620555512
+33 6 12 34 56 78
+51 987 654 321
+1 (555) 123-4567
+44 (0)20 7946 0958
(+856) 20 5555 1234
+254-722-123456
+856–20–5555–1234
00856 20 5555 1234
0033612345678
020 7946 0958
021 212 345
(021) 212345
(555) 123-4567
(11) 98765-4321
555-123-4567
555.123.4567
1-800-555-1234
0712345678
0722 123 456
0911 23 45 67
0912.345.678
01712-345678
012 345 678
01 23 45 67 89
06.12.34.56.78
030/12345678
98765 43210
9876543210
55 1234 5678
70 12 34 56
77 123 45 67
987-654-321
Tel: 212345
Tel. 212 345
phone: 5551234
WhatsApp 5551234
fax 21-234567
tel:+123456
https://wa.me/85620555123
020\u00a05555\u00a01234
""".splitlines()
ARABIC = "+856 20 5555 1234".translate({48 + n: 0x660 + n for n in range(10)})
DEVANAGARI = "0987654321".translate({48 + n: 0x966 + n for n in range(10)})
TELEPHONES += [ARABIC, DEVANAGARI]
TELEPHONES += """\
00 49 30 1234 5678
(00)41 44 668 18 00
00.250.788.123.456
011 62 21 1234 5678
0011 61 2 9876 5432
+1-876-555-0134
call 6622-1890
appelez 22 345 67 89
llame 4422-1234
Signal +251 91 123 4567
QQ: 240688112
06-12345678
Cel. 9 8123-4567
tél. : 22 30 44 15
8 (812) 123-45-67
1 (202) 555-0143
Tel 79 123 456
phone 79.123.456
Contact: 79 123 456
Contact: 79123456
tél. 22.130.44.15
""".splitlines()

DOUBTFUL_TELEPHONES = """\
72 10 25 40
64-20-11-30
04-7654321
987-654-321
77 123 45 67
61223 44556
030042009
8-812-123-45-67
01 02 03 04 05
call 6622-1890
0306406152
Tel 79 123 456
phone 79.123.456
Contact: 79 123 456
Contact: 79123456
""".splitlines()
"""Codes, tax numbers and lines of a budget have these forms too."""

ADDRESSES = """\
name.surname@care.org
o'neil+x@sub.care-int.org
имя@пример.рф
name (at) care.org
name[at]care[dot]org
<mailto:a@b.org>
name\uff20care.org
https://x.org/?mail=a@b.org
anna @ care.org
anna%40care.org
anna&#64;care.org
anna&#x40;care.org
anna&commat;care.org
"maria del mar"@cruzroja.es
mwangi at lantana dot co dot org
""".splitlines()

DOUBTFUL = [
    ("https://lists.debian.org/msg/team@lists.debian.org/7", "an e-mail address"),
    ("letter-from-li@unep.org.pdf", "an e-mail address"),
    ("t.me/nadia_k", "a name in a chat"),
    ("https://m.me/clinic.ouaga", "a name in a chat"),
    ("https://chat.whatsapp.com/AbCdEf123", "a name in a chat"),
    ("skype:li.wei?call", "a name in a chat"),
    ("Skype: li.wei", "a name in a chat"),
    ("WeChat ID: liweiliwei", "a name in a chat"),
    ("Telegram: @nadia", "a name in a chat"),
    ("V\u0130BER: nadia.k", "a name in a chat"),
    ("l\u0131ne id: nadia.k", "a name in a chat"),
    ("\u017fkype: nadia.k", "a name in a chat"),
]

UNSEEN = [
    ("+250\u200b788\u200b123\u200b456", 3),
    ("+\u200e250 788 123 456", 3),
    ("\u202a+250 788 123 456\u202c", 4),
    ("00\u2060 250 788 123 456", 3),
    ("0\ufe0f78\ufe0f8 123 456", 3),
    ("li\u200d@unep.org", 3),
    ("li@un\u00adep.org", 3),
    ("li@\ufeffunep.org", 3),
    ("li@\u180eunep.org", 3),
    ("li@un\u2063ep.org", 3),
    ("li@un\U000e0065ep.org", 3),
    ("li@un\u200cep.org", 3),
    ("li@&#8203;unep.org", 3),
    ("li@&ZeroWidthSpace;unep.org", 3),
    ("+250&nbsp;788&nbsp;123&nbsp;456", 3),
    ("\\+250 788 123 456", 4),
    ("li\\@unep.org", 3),
    (r'"li@\u200bunep.org"', 4),
    (r'"li\x40unep.org"', 4),
]

HARMLESS = """\
0 1 2 3 4 5 6 7 8 9
we looked at one dot in the map
server 22.130.44.15
2015-2018
2015–2018, 2019–2021
1,087,154
1 087 154
1.087.154
987 654 321 people
1 200 000-1 500 000
12000-15000
ISSN 0140-6736
0140-6736
ISBN 978-0-19-929739-9
ISBN 0-19-852663-6
9780199297399
doi:10.1016/S0140-6736(13)60937-X
Law No. 04/NA 2003
Law 192/2010/ND-CP
Decision 0421/2012/PM
UN doc A/RES/70/1
E/CN.4/2005/102
17.9757, 102.6331
17.9757 102.6331
17°58'33"N 102°37'59"E
2026-11-22 17:41
22.11.2026
01/02/2015-03/04/2016
2019-06-12/2019-07-01
12 06 2015
In 2015 120 000 people
2015 2016 2017
29.8% (2005) to 18.1% (2011)
https://it.scribd.com/document/360687057/
www.x.org/0123456789
8(2) 123-145
12 (3): 120-135
15-19 20-24
0930-1100
08.30-09.45
02139-4307
01310-100
1700000000
7000000000
0000-0002-1825-0097
192.168.10.12
grew +1 200 000
C++17
$1,000,000,000
(2015) 120 000
mobile 2015-2018
mobile phones for 120 000
mobile 120000 users
mobile 12 345 000 users
phone 12 345-15 678 households
Contact: 2014 2016
contact 79123456
phone 2030
LAO-0123-4567
v1.2.3.4
PMID: 31234567
@care on Twitter
12 @ 3
file 2015-01-02-003.pdf
2008/09 2009/10
(12) 100 000 000
100 200 300 400
fiscal 2019-20
grant 0123-456-7890
Decree 123.456.7890
Decree No. 123.456.7890
USD 100-200-3000
$ 100-200-3000
ISBN-10: 0-306-40615-2
ISBN-13: 978-0-306-40615-7
ISBN13 9780306406157
ISBN10 0306406152
ISBN (10 digits) 0 306 40615 2
ISBN-10 (paper) 0-306-40615-2, ISBN-13 (PDF) 978-0-306-40615-7
e-ISBN: 0-306-40615-2
ISBNs 0-306-40615-2 and 0-306-40616-0
0-306-40615-2 (hardback)
3 540 49698 X
eISSN 2296-2565
WB/11/0220-014 (2011)
Report 0220-014 (2011)
rapport 0220 456 789
EIN 04-7654321
Tax ID: 04-7654321
NIT 0800 123 456
registered under number 0712345678
registration no. 0712-345-678
Village codes 0301 0402 0503
0301 0402 0503
codes of the villages: 0301 0402 0503, 0604 0705 0806
codes postaux 01 02 03 04 05
budget lines 72 10 25 40 and 72 10 25 50
ligne budgétaire 72 10 25 40
partida presupuestaria 72 10 25 40
pages 123-456-7890
S 12 04 30, W 77 01 42
12 04 30.5 S 77 01 42.1 W
12°04'30"S 77°01'42"W
UTM 0245123 1987654
latitude 012.045678, longitude 077.045678
https://medium.com/@nadia.writes
https://www.youtube.com/@unep.org
https://example.org/files/annex_b@final.docx
annex_b@final.docx
icon@3x.webp
git@gitlab.com:unep/library.git
ssh://git@gitlab.com/unep/library
@nadia@mastodon.social
https://mastodon.social/@nadia@kolektiva.social
leaflet@1.9.4
https://cdn.jsdelivr.net/npm/leaflet@1.9.4/dist/leaflet.js
we met @ St.Anne
Skype: monthly
Signal: the mayor came
call 2011-2014 the pilot
contact 45 000 people
PMCID: PMC3012345678
hdl:10986/0123456789
R&D; 12 & 13
0.25 0.125 0.0625 0.03125
vol. 8 (495) 123-145
C:\\new\\x40
""".splitlines()


@pytest.mark.parametrize("text", TELEPHONES)
def test_a_telephone_number_is_found(text: str) -> None:
    """National and international forms, with a label or without, in digits of any script."""
    for line in (text, f"Call {text}, please.", f"| a | {text} |"):
        assert [contact.kind for contact in find_contacts(line)] == ["a telephone number"], line


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_is_found(text: str) -> None:
    """E-mail addresses, disguised ones too."""
    assert [contact.kind for contact in find_contacts(f"Ask {text}.")] == ["an e-mail address"]


@pytest.mark.parametrize("text", DOUBTFUL_TELEPHONES)
def test_a_number_that_may_be_a_code_is_doubtful(text: str) -> None:
    """Its form alone does not tell; a label or a country code does."""
    assert [contact.certain for contact in find_contacts(f"It says {text}.")] == [False]
    bare = re.sub("^(?:call|Tel|phone|Contact:) ", "", text)
    assert [contact.certain for contact in find_contacts(f"Tel. {bare}")] == [True]


@pytest.mark.parametrize(("text", "kind"), DOUBTFUL)
def test_an_address_that_may_be_none_is_doubtful(text: str, kind: str) -> None:
    """In the path of a web address, before the ending of a file, in a chat."""
    assert [(c.kind, c.certain) for c in find_contacts(f"See {text}.")] == [(kind, False)]


@pytest.mark.parametrize(("text", "column"), UNSEEN)
def test_what_nobody_sees_hides_nothing(text: str, column: int) -> None:
    """Invisible characters and escapes; the position and the words are those that were typed."""
    (contact,) = find_contacts(f"First.\n: {text} .")
    assert (contact.line, contact.column, contact.certain) == (2, column, True)
    assert f": {text} ."[column - 1 :].startswith(contact.text)
    assert text.endswith(contact.text) or text.strip('"\u202c').endswith(contact.text)


def test_a_zero_width_space_divides_words_too() -> None:
    """Khmer and Thai put it between words: a number behind it is found as well."""
    (contact,) = find_contacts("លេខ\u200b012 345 678")
    assert contact.text == "012 345 678"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_numbers_are_left_alone(text: str) -> None:
    """Years, ranges, figures, dates, coordinates, laws, codes and versions are no contact data."""
    for line in (text, f"It says {text}, in all.", f"({text})", f"- {text}"):
        assert list(find_contacts(line)) == [], line


def test_a_contact_has_its_place() -> None:
    """Line and column count from 1, in characters as they were typed."""
    found = list(find_contacts(f"a\nការ {ARABIC} b\n x@y.org"))
    assert [(c.line, c.column, c.text) for c in found] == [
        (2, 5, ARABIC),
        (3, 2, "x@y.org"),
    ]


def test_the_shipped_records_hold_no_contact_data() -> None:
    """No figure, date or address of a source in content/ is taken for contact data."""
    files = sorted(CONTENT.rglob("*.md"))
    assert files
    assert [(f.name, c) for f in files for c in find_contacts(f.read_text("utf-8"))] == []


PIECES = [
    *(
        "1\u200b",
        "+33\u200b6 ",
        "&nbsp;",
        "\\@",
        '"a@',
        "t.me/a ",
        "skype: a",
        "isbn 1, ",
        "no 12 34 ",
    ),
    "1",
    "0",
    "@",
    "a@",
    "a",
    "12-",
    "+",
    "(",
    "1.",
    "1((",
    "a(at)",
    "https:",
    "10.1234/",
    "12/",
    "a@y.",
    "1@",
    "a.",
    "-",
    "978-",
]
LONG = [*PIECES, " ", "1 ", "isbn 1 ", "tel ", "tel:  ", "x 1,", f"{ARABIC[-1]} "]


@pytest.mark.parametrize("piece", LONG)
def test_a_long_line_is_read_in_good_time(piece: str) -> None:
    """A hundred thousand characters of anything take no time that grows with their square."""
    line = piece * (100_000 // len(piece)) + "1@"
    begin = process_time()
    list(find_contacts(line))
    assert process_time() - begin < 2


def test_contacts_are_found_wherever_they_stand_in_a_long_text() -> None:
    """What is found in a file is what is found in each of its lines, in their order."""
    prose = "It began in 2013 (see below), and 40 % of the 1,087,154 people took part.\tGood."
    lines = [line for text in (*TELEPHONES, *HARMLESS, *ADDRESSES) for line in (prose, text, "")]
    expected = [
        (number, contact.column, contact.kind, contact.text)
        for number, line in enumerate(lines, start=1)
        for contact in find_contacts(line)
    ]
    found = [(c.line, c.column, c.kind, c.text) for c in find_contacts("\n".join(lines))]
    assert len(expected) >= len(TELEPHONES) + len(ADDRESSES)
    assert found == expected


TYPED = [*LONG, "(at)", "[AT]", "%40", "&#64;", "&commat;", "y.org", "555", "2023-08-25", "\n", "é"]
TYPED += ["wa.me/", "1234567", "grant ", "Tel. ", "\uff11", "\uff20", "\u00a0", "\u2013", "/", ")"]


@given(st.lists(st.sampled_from(TYPED), max_size=20).map("".join))
def test_nothing_is_missed_in_what_seems_plain_prose(text: str) -> None:
    """A text says the same whether or not each of its lines looks worth a second look."""
    looked_at = "\n".join(f"{line} | 1 1 1 1 1 1 @ " for line in text.split("\n"))
    assert list(find_contacts(text)) == list(find_contacts(looked_at))


@given(st.lists(st.lists(st.sampled_from(TYPED), max_size=8).map("".join), max_size=6), st.data())
def test_a_rendered_line_is_skipped_only_where_the_source_has_it(
    lines: list[str], data: st.DataObject
) -> None:
    """Whatever is found in a rendered text alone is found beside a source that has some of it."""
    rendered = "\n".join(lines)
    source = "\n".join(line for line in rendered.split("\n") if data.draw(st.booleans()))
    nothing = allowed_words("", ())

    def messages(text: str) -> set[str]:
        return {p.message for p in contact_problems("a.md", text, nothing, rendered)}

    assert messages(source) == messages("")


NAMED = [
    ("Ministry of Health", "the MINISTRY OF HEALTH's plan"),
    ("Ministry of Health", "the Ministry-of-Health"),
    ("Ministry of Health", "the Ministry of <b>Health</b>"),
    ("Ministry of Health", "the Ministry&nbsp;of Health"),
    ("Ministère de la Santé", "le ministere de la sante"),
    ("Ministère de la Santé", "le Ministe\u0300re de la Sante\u0301"),
    ("Ministry of Health (MoH)", "with the MoH"),
    ("Ministry of Health (Laos)", "with the Ministry of Health"),
    ("وزارة الصحة", "ووزارة الصحة"),
    ("กระทรวงสาธารณสุข", "โดยกระทรวงสาธารณสุขและ"),
    ("UNICEF", "UNI\u00adCEF"),
    ("C.A.R.E", "[c-a-r-e]"),
    ("Zq Anon Partner", "Zq An**on** Partner"),
    ("Zq Anon Partner", "Zq <!-- x -->Anon Partner"),
    ("Zq Anon Partner", "Zq <b class='x'>Anon</b> Partner"),
    ("Zq Anon Partner", "#ZqAnonPartner"),
    ("Zq Anon Partner", "Zq \u0410non P\u0430rtner"),
    ("Sœurs de Kolda", "les Soeurs de Kolda"),
    ("Büro für Gärten", "das Buero fuer Gaerten"),
    ("Liga Nacional de Parteras", "la LNP dijo"),
    ("Liga Nacional de Parteras", "la LNDP dijo"),
    ("Liga Nacional de Parteras", "la L.N.P. dijo"),
    ("Liga Nacional de Parteras", "the LNP's midwives"),
    ("Liga Nacional de Parteras", "two LNPs"),
    ("Liga Nacional de Parteras", "L\u200bN\u00adP"),
    ("Ministry of Works", "the MoW"),
    ("Bund für Moor und Heide", "der BMH"),
    ("Bund für Moor und Heide", "der BfMuH"),
    ("Nepali Women’s Circle", "the NWC"),
    ("Общество Красного Креста", "\u041e\u041a\u041a"),
    ("Union pour l’Eau", "l'UPE"),
    ("KOLT", "the K.O.L.T, and KOLT2030"),
    ("RiverAid Peru", "RAP"),
    ("KOLT (Kenyan Oral Lore Trust)", "the kenyan oral lore trust"),
    ("水の友の会", "水の 友の会"),
]


@pytest.mark.parametrize(("name", "text"), NAMED)
def test_a_name_is_found_however_it_is_written(name: str, text: str) -> None:
    """Case, marks, mark-up, hyphens, accents, short forms and prefixes hide no name."""
    assert NameMatcher.for_names([name]).first_in(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("WHO", "those whose"),
        ("UNICEF", "unicefs"),
        ("Oxfam (UK)", "in the UK"),
        ("Government (Peru)", "a government"),
        ("An", "another"),
        ("?!", "what?!"),
        ("Care Group", "health-care groups"),
        ("Oxfam", "Ox. Familiar"),
        ("Liga Nacional de Parteras", "lnp"),
        ("Land Users", "LU"),
        ("Network of Grain Owners", "an NGO"),
    ],
)
def test_a_part_of_a_word_is_no_name(name: str, text: str) -> None:
    """A name in letters stands as a word; what is in parentheses counts only as a short form."""
    assert NameMatcher.for_names([name]).first_in(text) == ""


def test_a_surname_counts_by_itself_where_it_is_a_name() -> None:
    """With a capital, and of four letters or more; an organisation's last word does not."""
    names = NameMatcher.for_names(["Zq Partner"], ["Noy Example", "Ann Le"])
    assert names.first_in("as Example wrote") == "Example"
    assert names.first_in("as EXAMPLE wrote") == "Example"
    assert names.first_in("for example, Le Monde and a Partner") == ""


PARTERAS = "Liga Nacional de Parteras Ñusta"

PARTS = [
    (PARTERAS, "las Parteras Ñusta dijeron", ["Parteras Ñusta"]),
    (PARTERAS, "the Nusta midwives", ["Nusta"]),
    (PARTERAS, "two Ñustas", ["Ñustas"]),
    (PARTERAS, "las\nParteras\nÑusta", ["Parteras\nÑusta"]),
    (PARTERAS, "Par\u200bteras", ["Parteras"]),
    (PARTERAS, "lnpñ", ["lnpñ"]),
    (PARTERAS, "Ligas Nacionales de Parteras Ñusta", ["Ligas Nacionales de Parteras Ñusta"]),
    (PARTERAS, "las parteras de un pueblo", []),
    (PARTERAS, "las parteras de la liga nacional", ["liga nacional"]),
    ("Association des Femmes Juristes", "les femmes juristes", ["femmes juristes"]),
    ("Ministerstvo kultury", "u Ministerstva kultury", ["Ministerstva kultury"]),
    ("Verband Deutscher Imker", "des Verbandes deutscher Imker", ["Verbandes deutscher Imker"]),
    ("Common Lands Alliance", "the Common Lands", ["Common Lands"]),
    ("Clean Cooking Trust", "CCT and cct", ["CCT", "cct"]),
    ("Land Users", "LU came", ["LU"]),
    ("Land Users", "lu, il a lu", []),
    ("Women At Sea", "it was WAS", ["WAS"]),
    ("Ministry of Health", "the Ministry said; Health; health", []),
    ("Provincial Office of Health", "the Office, and the Office of Health", []),
    ("Stove Makers", "Stoves are hot. We like stoves here", []),
    ("Red Andina de Mujeres Tejedoras", "la RAMUTE", ["RAMUTE"]),
    ("Ligue des Paysans Unis du Mandé", "la LPU, une LIPUMA", ["LPU", "LIPUMA"]),
    ("Ligue des Paysans Unis du Mandé", "LM, PUL, LAMPE, lpu", []),
    ("Movimento Sem Chão", "os SemChão", ["SemChão"]),
    ("Tarn Desha Trust", "with Tarndesha", ["Tarndesha"]),
    (
        "GreenHarvest Quito",
        "Green Harvest, Green-\nHarvest, GHQ",
        ["Green Harvest", "Green-\nHarvest", "GHQ"],
    ),
    ("Lantana Circle", "Lan-tana and LantanaNet", ["Lan-tana", "LantanaNet"]),
    ("Lantana Circle", "#lantana2020, @lantana_ke, a lantana", ["lantana", "lantana"]),
    ("Lantana Circle", "see lantana.org/x", ["lantana"]),
    ("Quillanera Circle", "see x.org/thequillaneras2", ["thequillaneras"]),
    ("Rural Women's Circle", "womens groups, Womens groups", []),
]


@pytest.mark.parametrize(("name", "text", "parts"), PARTS)
def test_parts_and_initials_of_a_name_are_doubtful(name: str, text: str, parts: list[str]) -> None:
    """What tells who is meant: not the words that many organisations have in their names."""
    words = text.split()
    likenesses = NameParts.of_names([name], []).find(text, lambda word: word.lower() in words)
    assert [likeness.typed for likeness in likenesses] == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Noémie came", ["Noémie"]),
        ("Noemie came", ["Noemie"]),
        ("les Diarras", ["Diarras"]),
        ("s Diarrou, u Diarry", ["Diarrou", "Diarry"]),
        ("N.D. and ND", ["ND", "N.D"]),
        ("a noemie", []),
        ("nd, and", []),
        ("https://x.example/in/diarra2", ["diarra"]),
    ],
)
def test_any_name_of_a_hidden_person_is_doubtful(text: str, parts: list[str]) -> None:
    """First names, other endings, initials; only with capitals."""
    found = NameParts.of_names([], ["Mme Noémie Diarra"]).find(text, lambda _: False)
    assert [likeness.typed for likeness in found] == parts


def test_parts_of_names_are_found_in_addresses_in_small_letters() -> None:
    """In an address or a file's name, and there alone."""
    parts = NameParts.of_names([PARTERAS], ["Noémie Diarra"])
    found = parts.find_in_address("https://parteras.example/diarra/lnpn-en-la-nacional.html")
    assert [likeness.typed for likeness in found] == ["parteras", "diarra", "lnpn"]


TITLES = """\
Mr Okello Mrs Okello Ms Okello Dr Okello
Dr. Amina Okello
Prof. O. Okello
Madame Sow
madame Sow
MADAME SOW
Mme de la Tour
M. Sow
Señora Mamani
doña Rosa
Sra. Mamani
Herr Schulze
Frau von der Heide
Senhora Lima
Signora Rossi
H.E. Okello
Hon. Okello
Chief Okello
Imam Okello
Pastor Okello
Sheikh Okello
Pani Nowak
Ông Nguyễn
госпожа Иванова
Κυρία Παππά
Mr **Okello**
M\u200br Okello
Minister Okello
""".splitlines()

UNTITLED = """\
la Présidente de la Mutuelle
o Presidente da Câmara
la Alcaldesa de Cusco
le Maire de Thiès
Mr Speaker and Madam Chair
Madame la Ministre
Monsieur le Préfet
Sra. Coordinadora
Senhora Vice-Ministra
el Gobernador Regional
Sr. Programme Manager
Ms A and Mr K. agreed
DR Congo
Sri Lanka
Madame la ministre
Monsieur le Maire
Chief Executive Officer
Chief Technical Adviser
Mayor of Upper
the minister Okello
pan European
MS Word
Sister Cities
Minister of Health
President of the union
drOkello
""".splitlines()


@pytest.mark.parametrize("text", TITLES)
def test_a_title_tells_of_a_person(text: str) -> None:
    """In the languages of most sites, and on the line on which it stands."""
    persons = list(titled_names(f"First.\nThen {text} came."))
    assert persons
    assert {line for line, _ in persons} == {1}


@pytest.mark.parametrize("text", UNTITLED)
def test_a_post_is_no_person(text: str) -> None:
    """Posts, places, letters that stand for a person."""
    assert list(titled_names(f"Then {text} came.")) == []


@pytest.mark.parametrize(
    "piece", ["Mr ", "Mr A ", "Mr de ", "A.", "a a ", "LNP ", "Parteras de ", "<b "]
)
def test_names_are_looked_for_in_good_time(piece: str) -> None:
    """A hundred thousand characters of anything take no time that grows with their square."""
    text = piece * (100_000 // len(piece))
    parts = NameParts.of_names([PARTERAS], ["Noémie Diarra"])
    begin = process_time()
    for _ in (*parts.find(text, lambda _: False), *parts.find_in_address(text)):
        pass
    for _ in (*titled_names(text), *NameMatcher.for_names([PARTERAS]).all_in(text)):
        pass
    assert process_time() - begin < 8


def test_names_in_addresses_may_run_together() -> None:
    """The words of a name need no space between them in an address, unless they are few letters."""
    names = NameMatcher.for_names(["Acmé Cloud", "ab c"])
    assert names.first_in_address("https://acmecloud.example/x") == "Acmé Cloud"
    assert names.first_in_address("https://x.example/acme%20cloud") == "Acmé Cloud"
    assert names.first_in_address("https://grabc.example/") == ""


def test_the_line_of_a_name_is_that_where_it_stands() -> None:
    """Not one that only holds its first letter, as a word."""
    text = "a plan\nof the A.F.J. here"
    assert NameMatcher.for_names(["Association of Fruit Joiners"]).line_of("A.F.J", text) == 1


def test_a_name_over_two_lines_is_reported_once() -> None:
    """The line on which it starts is reported."""
    text = "One\nMinistry of\nHealth, and\nMinistry of Health"
    assert list(NameMatcher.for_names(["Ministry of Health"]).by_line(text)) == [
        (1, "Ministry of Health"),
        (3, "Ministry of Health"),
    ]


STEP: Value = {"at": "2026", "link": "https://x.example/"}
VENDORS: list[Value] = [
    {"name": "acme"},
    {"name": "us"},
    {"name": "zed", "agreed": "no"},
    "unknown",
]
WHOLE: dict[str, Value] = {
    "title": "T",
    "reporter": "N. Example",
    "vendors": VENDORS,
    "contributing_factors": [{"factor": "load", "steps": [STEP]}],
    "logs": [{"id": "a", "url": "https://acme.example/"}],
}


def test_a_public_record_hides_who_did_not_agree() -> None:
    """Only the name of a vendor that said no is taken out, and the values given stay whole."""
    made = model()
    assert list(privacy.hidden_entries(WHOLE, made)) == [("vendors.2.name", "zed")]
    shown = privacy.redacted(WHOLE, made)
    hidden: Value = {"name": "withheld", "agreed": "no"}
    assert shown == {**WHOLE, "vendors": [*VENDORS[:2], hidden, "unknown"]}
    assert WHOLE["logs"] == [{"id": "a", "url": "https://acme.example/"}]


WITH_TEAMS = MODEL.replace(
    "      agreed: {kind: term,",
    """\
      teams:
        kind: record
        many: yes
        label: Teams
        help: Who of them.
        fields:
          firm: {kind: term, vocabulary: vendors, private: yes, label: Firm, help: F.}
          lead: {kind: line, personal: yes, label: Lead, help: Who leads.}
      agreed: {kind: term,""",
)


def test_names_deeper_in_an_entry_without_consent_are_hidden() -> None:
    """A vendor that said no is not given away by its teams; the teams of another are named."""
    values: dict[str, Value] = {
        "title": "T",
        "vendors": [
            {"name": "zed", "agreed": "no", "teams": [{"firm": "zed-north", "lead": "N. Example"}]},
            {"name": "acme", "teams": [{"firm": "acme-north", "lead": "O. Example"}]},
        ],
    }
    assert list(privacy.hidden_entries(values, model(WITH_TEAMS))) == [
        ("vendors.0.name", "zed"),
        ("vendors.0.teams.0.firm", "zed-north"),
        ("vendors.0.teams.0.lead", "N. Example"),
    ]


def test_an_anonymised_record_hides_all_names_and_sources() -> None:
    """At any depth; but the organisation set apart with `besides` is no partner."""
    made = model()
    shown = privacy.redacted({**WHOLE, "access": "anonymised"}, made)
    assert shown == {
        "title": "T",
        "reporter": "withheld",
        "vendors": [
            {"name": "withheld"},
            {"name": "us"},
            {"name": "withheld", "agreed": "no"},
            "unknown",
        ],
        "contributing_factors": [{"factor": "load", "steps": [{"at": "2026"}]}],
        "logs": [{"id": "a"}],
        "access": "anonymised",
    }


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("public", "public"),
        ("anonymised", "anonymised"),
        ("internal", "internal"),
        ("unknown", "internal"),
        ("secret", "internal"),
    ],
)
def test_only_two_words_publish_a_record(said: str, expected: str) -> None:
    """Unknown, and any word of another organisation's, keep a record internal."""
    assert privacy.visibility({"access": said}, model()) == expected


def test_a_plain_page_may_say_that_a_number_is_no_telephone_number() -> None:
    """Under `allowed`, like a record; what is certainly contact data stays an error."""
    text = "---\ntitle: Codes\nallowed: [72 10 25 40, li@unep.org]\n---\n72 10 25 40, li@unep.org\n"
    page, problems = plain_page(SourceText("content/codes.md", text), "content")
    assert page is not None
    assert [(p.line, p.code) for p in problems] == [(3, "contact-data"), (5, "contact-data")]
    _, problems = plain_page(SourceText("content/0788 123 456.md", "72 10 25 40\n"), "content")
    assert [(p.line, p.severity, p.code) for p in problems] == [
        (1, Severity.WARNING, "perhaps-contact-data"),
        (1, Severity.ERROR, "contact-data"),
    ]
    assert problems[0].hint.endswith(
        'if it is none, write among the fields: allowed: ["72 10 25 40"]'
    )
