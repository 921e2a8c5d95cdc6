"""Tests of hints for terms: what was meant is named, and never another country or the opposite."""

from __future__ import annotations

import re
import time
from functools import cache

import pytest
from babel import Locale

from generator.base.likeness import loosely_folded, stem, typing_errors
from generator.base.names import fold
from generator.model.declaration import nearest
from generator.model.ranges import Range, read_range
from generator.model.territories import territory_names
from generator.model.vocabulary import Vocabulary
from postmortems import vocabularies
from test_cases import shipped

UNITED_NATIONS = """
bo Bolivia (Plurinational State of)
bn Brunei Darussalam
cv Cabo Verde
cg Congo (Republic of the)
ci Côte D'Ivoire
kp Democratic People's Republic of Korea
cd Democratic Republic of the Congo
sz Eswatini
gm Gambia (Republic of The)
ir Iran (Islamic Republic of)
la Lao People’s Democratic Republic
fm Micronesia (Federated States of)
nl Netherlands (Kingdom of the)
kr Republic of Korea
md Republic of Moldova
ru Russian Federation
kn Saint Kitts and Nevis
vc Saint Vincent and the Grenadines
st Sao Tome and Principe
sy Syrian Arab Republic
mk The former Yugoslav Republic of Macedonia
tl Timor-Leste
tr Türkiye
gb United Kingdom of Great Britain and Northern Ireland
tz United Republic of Tanzania
us United States of America
ve Venezuela, Bolivarian Republic of
vn Viet Nam
ps State of Palestine
va Holy See
"""
"""Names in the lists of the United Nations that are not the ones of the vocabulary."""

OTHER_LISTS = """
bs Bahamas, The
cd Congo, Dem. Rep.
cg Congo, Rep.
eg Egypt, Arab Rep.
gm Gambia, The
hk Hong Kong SAR, China
ir Iran, Islamic Rep.
kp Korea, Dem. People's Rep.
kr Korea, Rep.
kg Kyrgyz Republic
la Lao PDR
mo Macao SAR, China
fm Micronesia, Fed. Sts.
sk Slovak Republic
lc St. Lucia
kn St. Kitts & Nevis
vc St Vincent & the Grenadines
mf St. Martin (French part)
sx Sint Maarten (Dutch part)
ve Venezuela, RB
vi Virgin Islands (U.S.)
vg Virgin Islands (British)
ps West Bank and Gaza
ye Yemen, Rep.
tz Tanzania, the United Republic of
cd Congo (the Democratic Republic of the)
cf Central African Republic (the)
ae United Arab Emirates (the)
fk Falkland Islands (the) [Malvinas]
tw Taiwan (Province of China)
bq Bonaire, Sint Eustatius and Saba
sh Saint Helena, Ascension and Tristan da Cunha
cd D.R. Congo
cd DRC
cd RDC
cd Congo-Kinshasa
cg Congo-Brazzaville
cg Republic of Congo
ci Cote d'Ivoire
tt Trinidad & Tobago
vn Việt Nam
st São Tomé & Príncipe
ba Bosnia & Herzegovina
ag Antigua & Barbuda
gw Guinea Bissau
re Reunion
cw Curacao
ax Aland Islands
mx Mexico
pe Peru
lk Ceylon
mm Burma
sz Swaziland
va The Vatican
ps Gaza Strip
us U.S.A.
xk Kosovo
xk Kosova
st Sao Tome
ps West Bank/Gaza
kg Kirghizistan
cd Democratic Republic of Congo
cg République du Congo
mk Macédoine
gb U.K.
tr Turkiye
"""
"""Names of the World Bank, of ISO 3166-1, and as people type them."""

NO_COUNTRY = """
Atlantis|Catalonia|Transnistria|Abkhazia|Crimea|Tibet|Kashmir|Bavaria|Texas|California|Ontario
Quebec|Queensland|Tasmania|Patagonia|Amazonia|Siberia|Bohemia|Moravia|Galicia|Andalusia|Sicily
Sardinia|Corsica|Crete|Lapland|Flanders|Wallonia|Brittany|Normandy|Tyrol|Silesia|Pomerania|Prussia
Mesopotamia|Babylon|Byzantium|Ottoman Empire|Gran Colombia|Biafra|Katanga|Darfur|Kordofan|Ogaden
Tigray|Oromia|Amhara|Karamoja|Turkana|Kivu|Ituri|Kasai|Casamance|Sekong|Xieng Khouang|Rakhine|Kachin
Mindanao|Borneo|Java|Sumatra|Luzon|Timbuktu|Zinder|Maradi|Kano|Borno|Gao|Mopti|London|Paris|Geneva
New York|Nairobi|Kampala|Kigali|Dhaka|Hanoi|Vientiane|Bangkok|Phnom Penh|Jakarta|Manila|Lima|Quito
Bogota|La Paz|Asuncion|Havana|Dakar|Bamako|Niamey|Accra|Abuja|Lagos|Maputo|Lilongwe|Lusaka|Harare
Amman|Beirut|Baghdad|Damascus|Sanaa|Aden|Kabul|Kathmandu|Colombo|Male|Rome|Madrid|Lisbon|Berlin
Vienna|Bern|Oslo|Stockholm|Helsinki|Moscow|Kyiv|Warsaw|Prague|Budapest|Sofia|Athens|Ankara|Tunis
Rabat|Algiers|Tripoli|Cairo|Khartoum|Juba|Mogadishu|Asmara|other|none of these|abroad|overseas
headquarters|HQ|the field|home office|country office|three countries|all over|everywhere|national
federal|province|district|state|republic|kingdom|islands|northern|southern|western|eastern|coast
new|united|democratic|people|saint|central|equatorial|high seas|Antarctic Treaty|Europe and Asia
Asia|Africa|Europe|Sahel|MENA|Caribbean|Latin America|Oceania|Middle East|Balkans|Central Africa
South America|West Africa|Southeast Asia|Sahara|Indian Ocean|Pacific|Antilles|Americas|Arab States
Kosowo|Somaliland|Kurdistan|Zanzibar|Papua|England|Scotland|Wales|Northern Ireland|USSR|Yugoslavia
multiple|several|various|regional|TBD|test|lorem|xxx|abc|country|pays|land|Nation|UN|EU|ASEAN|ECOWAS
"""
"""What is no country of the list, and must not be taken for one that it is not."""

RIGHT_ALL_THE_SAME = {
    "England": {"gb"},
    "Scotland": {"gb"},
    "Wales": {"gb"},
    "Northern Ireland": {"gb"},
    "Zanzibar": {"tz"},
    "Papua": {"id"},
    "Sumatra": {"id"},
    "Kurdistan": {"iq"},
    "Somaliland": {"so"},
}
"""The countries that may be named for some of them."""


LONG = "laos-land-certificate-scheme"


@cache
def terms_of(name: str) -> Vocabulary:
    """Return a vocabulary of the shipped model."""
    return shipped().vocabularies[name]


def listed(table: str) -> list[tuple[str, str]]:
    """Return the codes and names of a table."""
    rows = (line.split(" ", 1) for line in table.strip().splitlines())
    return [(code, name) for code, name in rows]


def named(hint: str) -> list[str]:
    """Return the codes of the countries that a hint names, in its order."""
    return re.findall(r"\(([a-z]{2})\)", hint) + re.findall(r"write ([a-z]{2})\b", hint)


def unicode_names(language: str) -> dict[str, str]:
    """Return the ids of countries and regions by their names in the data of Unicode."""
    names = Locale.parse(language, sep="-").territories
    terms = terms_of("countries").terms.values()
    return {names[t.territory_code]: t.id for t in terms if t.territory_code in names}


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "pt-PT", "ar"])
def test_a_country_is_found_by_its_name_in_the_data_of_unicode(language: str) -> None:
    """Every name of CLDR leads to its country or region, though none is in the file."""
    countries = terms_of("countries")
    names = unicode_names(language)
    wrong = {name: id_ for name, id_ in names.items() if countries.resolve(name) != id_}
    if language == "es":
        assert wrong.pop("Congo") == "cg"  # but authors write it for either
    assert len(names) >= 278
    assert wrong == {}


@pytest.mark.parametrize(
    "language", ["de", "it", "nl", "da", "sw", "vi", "id", "tr", "pl", "ro", "so", "ha"]
)
def test_a_name_in_another_language_suggests_no_other_country(language: str) -> None:
    """What is not read leads to its own country, or to several with it, or to none."""
    countries = terms_of("countries")
    names = unicode_names(language)
    names.pop("Nga", None)  # Russia in Vietnamese, and the code of Nigeria
    read = {name: countries.resolve(name) for name in names}
    assert {n: id_ for n, id_ in read.items() if id_ not in {None, names[n]}} == {}
    hints = {name: named(countries.hint(name)) for name, id_ in read.items() if not id_}
    assert {n: ids for n, ids in hints.items() if ids and names[n] not in ids} == {}


def test_the_file_repeats_no_name_of_unicode() -> None:
    """A label in the file is one that CLDR lacks or has otherwise."""
    countries = terms_of("countries")
    repeated = {
        (id_, language)
        for id_, term in countries.terms.items()
        for language, label in term.labels.items()
        if fold(label) == fold(territory_names(language).get(term.territory_code, ""))
    }
    assert repeated == set()
    labels = countries.with_labels(countries.terms["vn"]).labels
    assert [*labels] == ["es", "pt", "pt-PT", "ar", "fr"]
    assert (labels["fr"], labels["pt"], labels["pt-PT"]) == ("Vietnam", "Vietnã", "Vietname")


@pytest.mark.parametrize(
    "name", ["Asia", "ASIE", "América Latina", "South-eastern Asia", "أفريقيا"]
)
def test_a_region_is_known_and_no_country(name: str) -> None:
    """A record that names one is told to name the countries, by whichever name it was."""
    countries = terms_of("countries")
    region = countries.resolve(name)
    assert region in countries.broad
    assert countries.group_hint(region).startswith("it is a region; name each country")


def test_regions_are_those_of_the_united_nations() -> None:
    """Each country is in one region, up to three levels deep; what is in none is known."""
    countries = terms_of("countries")
    regions = {id_: t.territory for id_, t in countries.terms.items() if id_ in countries.broad}
    assert len(regions) == 29
    assert all(re.fullmatch(r"\d{3}", code) for code in regions.values())
    alone = {i for i, t in countries.terms.items() if not t.broader and i not in regions}
    assert alone == {"global", "aq"}
    depths = {len(countries.ancestors(id_)) for id_ in countries.terms if id_ not in regions}
    assert depths == {0, 2, 3}
    assert countries.ancestors("ke") == ("eastern-africa", "sub-saharan-africa", "africa")
    assert countries.ancestors("la") == ("south-eastern-asia", "asia")
    assert countries.ancestors("tw") == ("eastern-asia", "asia")
    assert countries.ancestors("xk") == ("southern-europe", "europe")


@pytest.mark.parametrize(("code", "name"), listed(UNITED_NATIONS) + listed(OTHER_LISTS))
def test_a_country_is_found_by_its_official_names(code: str, name: str) -> None:
    """With `&`, without accents, with the last words first, in brackets or after a comma."""
    countries = terms_of("countries")
    assert countries.resolve(name) == code
    assert countries.resolve(name.upper()) == code


def test_no_wrong_country_is_suggested() -> None:
    """Two hundred words that are no country of the list suggest none that they are not."""
    words = [word for line in NO_COUNTRY.strip().splitlines() for word in line.split("|")]
    countries = terms_of("countries")
    assert len(words) > 200
    hints = {word: set(named(countries.hint(word))) for word in words}
    read = {word: countries.resolve(word) for word in words}
    assert {word: id_ for word, id_ in read.items() if id_ and id_ not in countries.broad} == {}
    assert {w: c for w, c in hints.items() if c - RIGHT_ALL_THE_SAME.get(w, set())} == {}


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Congo", ["cd", "cg"]),
        ("the Congo", ["cd", "cg"]),
        ("Korea", ["kp", "kr"]),
        ("Corea", ["kp", "kr"]),
        ("Virgin Islands", ["vg", "vi"]),
        ("Nigera", ["ne", "ng"]),
        ("Austrlia", ["at", "au"]),
        ("Slovania", ["si", "sk"]),
        ("Irab", []),
        ("Sanmoa", []),
        ("Dominican", ["dm", "do"]),
    ],
)
def test_where_several_countries_fit_all_are_named(typed: str, codes: list[str]) -> None:
    """A hint that names one of two would make the other's record false."""
    assert sorted(named(terms_of("countries").hint(typed))) == codes


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Phillipines", "ph"),
        ("Azerbajian", "az"),
        ("Columbia", "co"),
        ("Ukrain", "ua"),
        ("Swizerland", "ch"),
        ("Tajikstan", "tj"),
        ("Mozambiqe", "mz"),
        ("Zimbabwae", "zw"),
    ],
)
def test_a_slip_of_the_fingers_is_seen(typed: str, code: str) -> None:
    """One country is named where only one is so like it."""
    assert named(terms_of("countries").hint(typed)) == [code]


def suggested(vocabulary: str, typed: str) -> list[str]:
    """Return the ids that a hint asks about, before any list of all terms."""
    hint = terms_of(vocabulary).hint(typed)
    return re.findall(r"'([^']+)'", hint.partition("?")[0]) if "did you mean" in hint else []


@pytest.mark.parametrize(
    ("vocabulary", "typed", "ids"),
    [
        ("success_factors", "trust between people", ["trusted-relationship"]),
        ("success_factors", "confianza", ["trusted-relationship"]),
        ("success_factors", "lack of trust", []),
        ("constraints", "political support", []),
        ("status", "terminé", ["ended-early", "completed"]),
        ("status", "terminado", ["ended-early", "completed"]),
        ("status", "ended", ["ended-early", "completed"]),
        ("status", "not active", []),
        ("status", "finishd", ["completed"]),
        ("resource_basis", "funds exchanged", []),
        ("fte", "0.1", ["0.1-0.5"]),
        ("fte", "0,5", ["0.1-0.5", "0.5-1"]),
        ("fte", "0.07", ["under-0.1"]),
        ("fte", "1", ["0.5-1"]),
        ("fte", "3 posts", ["over-1"]),
        ("fte", "0.2-0.4", ["0.1-0.5"]),
        ("fte", "3 days", []),
        ("fte", "20%", []),
    ],
)
def test_what_is_suggested(vocabulary: str, typed: str, ids: list[str]) -> None:
    """Words in any language and numbers lead to terms; what means the opposite leads to none."""
    assert suggested(vocabulary, typed) == ids


def test_few_terms_are_all_named() -> None:
    """Where no term is likely, or words alone made it likely, the author sees all there are."""
    where = "terms: content/vocabulary/worked.yml"
    hint = terms_of("worked").hint("qwerty")
    assert hint == f"choose from yes, partly, no, too-early; {where}"


AGES = """\
title: Ages
terms:
  - {id: a, label: Under 5}
  - {id: b, label: 5 to 17}
  - {id: c, label: '18-64 years'}
  - {id: d, label: 65+}
"""


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("4", "did you mean 'Under 5' (a)?"),
        ("5", "did you mean '5 to 17' (b)?"),
        ("17.5", "choose from a, b, c, d;"),
        ("20 years", "did you mean '18-64 years' (c)?"),
        ("20-30", "did you mean '18-64 years' (c)?"),
        ("1,000", "did you mean '65+' (d)?"),
        ("about 70", "did you mean '65+' (d)?"),
        ("10 goats", "choose from a, b, c, d;"),
    ],
)
def test_numbers_are_compared_as_numbers(typed: str, hint: str) -> None:
    """The range that holds a number is named, in any model; of other things than ages, none."""
    ages = vocabularies({"ages": AGES})[0]["ages"]
    assert ages.hint(typed) == f"{hint} terms: content/vocabulary/ages.yml"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("under-0.1", Range(float("-inf"), 0.1, high_open=True)),
        ("De 0,1 à 0,5", None),
        ("0,1 à 0,5", Range(0.1, 0.5)),
        ("10 or more", Range(10, float("inf"))),
        ("up to 3", Range(float("-inf"), 3)),
        ("2019-2020 plan 3", None),
        ("many", None),
    ],
)
def test_ranges(text: str, expected: Range | None) -> None:
    """A range is read from the words people use; other words are none."""
    assert read_range(text) == expected


@pytest.mark.parametrize(
    ("typed", "word", "slips"),
    [
        ("activ", "active", 1),
        ("actvie", "active", 1),
        ("parntership", "partnership", 1),
        ("early warnign", "early warning", 1),
        ("earlywarning", "early warning", 1),
        ("stalled", "started", None),
        ("unfunded", "funded", None),
        ("informal", "formal", None),
        ("micro", "macro", None),
        ("employer", "employee", None),
        ("useful", "useless", None),
        ("done in time", "done on time", None),
        ("plan 2019", "plan 2018", None),
        ("group a", "group b", None),
        ("quartiers", "partners", None),
    ],
)
def test_slips_of_the_fingers(typed: str, word: str, slips: int | None) -> None:
    """Another word, an opposite, another figure is no slip."""
    assert typing_errors(typed, word) == typing_errors(word, typed) == slips


@pytest.mark.parametrize(
    ("typed", "words", "word"),
    [
        ("sucess_factors", "success_factors constraints", "success_factors"),
        ("success factor", "success_factors constraints", "success_factors"),
        ("countrys", "countries contexts", "countries"),
        ("Title", "title summary", "title"),
        ("date_updated", "updated review_due", "updated"),
        ("lables", "label labels", "labels"),
        ("quartiers", "partners countries", ""),
        ("related", "helped", ""),
        ("laos-land-2019", "laos-land-2018", ""),
        ("laos-land-certificats-scheme", "laos-land-certificate-scheme", LONG),
        ("unfunded", "funded", ""),
        ("x" * 100_000, "title", ""),
    ],
)
def test_the_nearest_name(typed: str, words: str, word: str) -> None:
    """A slip of the fingers or a shared word leads to a key or a file, chance does not."""
    assert nearest(typed, words.split()) == word


def test_loose_spellings() -> None:
    """Accents, `&`, `the` and stops between letters do not count; other scripts keep signs."""
    assert loosely_folded("The Café & Co.") == loosely_folded("cafe and co")
    assert loosely_folded("D.R. Congo") == "dr congo"
    assert loosely_folded("Øst-Łódź") == "ost lodz"
    assert loosely_folded("กำ") != loosely_folded("ก")
    assert loosely_folded("The") == "the"
    assert stem("agencies") == stem("agency")
    assert stem("policy") != stem("police")


def test_an_accent_makes_another_name_in_an_open_vocabulary() -> None:
    """A closed one reads `cafe` as `Café`, an open one does not."""
    text = "title: T\n{}terms: [{{id: x-1, label: Café}}]\n"
    closed = vocabularies({"v": text.format("")})[0]["v"]
    opened = vocabularies({"v": text.format("open: yes\n")})[0]["v"]
    assert (closed.resolve("cafe"), opened.resolve("cafe")) == ("x-1", None)


def test_a_spelling_that_two_terms_share_without_accents_leads_to_neither() -> None:
    """Both are named."""
    text = "title: T\nterms: [{id: pêche, label: Pêche}, {id: péché, label: Péché}]\n"
    terms = vocabularies({"v": text})[0]["v"]
    assert terms.resolve("peche") is None
    assert terms.hint("peche").startswith("did you mean 'pêche' or 'péché'?")
    assert terms.resolve("Pêche") == "pêche"


def test_a_code_is_no_abbreviation() -> None:
    """`N/A` is not Namibia, whose code is na."""
    assert terms_of("countries").resolve("N/A") is None
    assert named(terms_of("countries").hint("N/A")) == []


def test_a_long_text_takes_no_longer_than_a_word() -> None:
    """A megabyte typed as a term has its hint at once."""
    countries = terms_of("countries")
    countries.hint("warm")
    start = time.perf_counter()
    for text in ("a" * 1_000_000, "a, " * 300_000, "(" * 1_000_000, "x (y " * 200_000):
        assert countries.resolve(text) is None
        countries.hint(text)
    assert time.perf_counter() - start < 2
