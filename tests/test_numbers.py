"""Numbers: read as people of many countries type them, exact, bounded, summed and ordered."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import built
from generator.base.numbers import Doubt, multiplied, number_in_words, read_number
from generator.base.problem import Severity
from generator.cli.main import main
from generator.exports.schema import record_schema
from generator.model.record import Model
from generator.model.scaffold import blank_record
from postmortems import MODEL, declared, record
from postmortems import model as model_of

BUDGET = built.SITES / "budget"

READ = {
    "0": "0",
    "42": "42",
    "3600000": "3600000",
    "3,600,000": "3600000",
    "3 600 000": "3600000",
    "3\u00a0600\u00a0000": "3600000",
    "3\u202f600\u202f000,25": "3600000.25",
    "3\u2009600": "3600",
    "3'600'000.05": "3600000.05",
    "3\u2019600": "3600",
    "3_600_000": "3600000",
    "3.600.000": "3600000",
    "3.600.000,50": "3600000.50",
    "3.600,5": "3600.5",
    "3,600.5": "3600.5",
    "36,00,000": "3600000",
    "2,50,000.75": "250000.75",
    "7.10": "7.10",
    "7.000000": "7.000000",
    ".25": "0.25",
    "8.": "8",
    "0.125": "0.125",
    "-17": "-17",
    "\u221217.5": "-17.5",
    "\u201317": "-17",
    "+17": "17",
    "- 17": "-17",
    "-0.0": "0.0",
    "\u0664\u0665": "45",
    "\u0967\u0968,\u0969\u096a\u096b,\u096c\u096d\u096e": "12345678",
    "\u17e1\u17e2": "12",
    "\u0ed9": "9",
    "\uff14\uff12": "42",
    "\u06f1\u066c\u06f2\u06f3\u06f4\u066b\u06f5": "1234.5",
    "4\u200b2": "42",
    "\u200e42": "42",
}


@pytest.mark.parametrize("typed", READ)
def test_a_number_is_read_in_every_usual_form(typed: str) -> None:
    """There is one reading, in digits with a decimal point, and no doubt about it."""
    figure = read_number(typed)
    assert figure is not None
    assert (figure.values, figure.doubt) == ((READ[typed],), Doubt.NONE)


DOUBTFUL = {
    "48,250": (("48250", "48.250"), Doubt.SMALL),
    "48.250": (("48.250", "48250"), Doubt.REAL),
    "-9.999": (("-9.999", "-9999"), Doubt.REAL),
    "4,8": (("4.8", "48"), Doubt.OPEN),
    "-4,85": (("-4.85", "-485"), Doubt.OPEN),
    "0,75": (("0.75",), Doubt.OPEN),
    "48250,5": (("48250.5", "482505"), Doubt.OPEN),
    "2 048,250": (("2048.250", "2048250"), Doubt.OPEN),
}


@pytest.mark.parametrize("typed", DOUBTFUL)
def test_what_may_be_two_numbers_is_told_with_both(typed: str) -> None:
    """The likelier comes first."""
    figure = read_number(typed)
    assert figure is not None
    assert (figure.values, figure.doubt) == DOUBTFUL[typed]


NO_NUMBER = [
    *("", "-", ".", ",", "1..2", "1,,2", "1,2,3", "1 2", "12 34", "1.2.3", "1,23,4", "007", "00"),
    *("1e5", "nan", "inf", "-inf", "0x1f", "0b1", "1/2", "\u00bd", "\u00b2", "\u4e03", "12:30"),
    *("2026-11-22", "5-", "--5", "5%", "$5", "five", "5 000 00", "9" * 31, "9" * 5000, "1,0 00"),
]


@pytest.mark.parametrize("typed", NO_NUMBER)
def test_nothing_else_is_taken_for_a_number(typed: str) -> None:
    """Codes, dates, times and words have no reading."""
    assert read_number(typed) is None


MULTIPLIED: dict[str, tuple[tuple[str, ...], bool]] = {
    "2.75 million": (("2750000",), True),
    "2,75 millions": (("2750000",), True),
    "2,75 Mio.": (("2750000",), True),
    "3 milliards": (("3000000000",), True),
    "4 crores": (("40000000",), True),
    "1.5 lakh": (("150000",), True),
    "12k": (("12000",), True),
    "12 mille": (("12000",), True),
    "7 juta": (("7000000",), True),
    "6 миллионов": (("6000000",), True),
    "2 millón": (("2000000",), True),
    "2.500 millones": (("2500000", "2500000000"), True),
    "9m": (("9000000",), False),
    "9 billion": (("9000000000",), False),
    "-3 thousand": (("-3000",), True),
    "2.5e3": (("2500",), True),
    "1E-2": (("0.01",), True),
    "5/8": (("0.625",), True),
    "1/3": ((), True),
    "1/0": ((), True),
    "0/0": ((), True),
    "5 goats": ((), True),
    "million": ((), True),
    "1e999": ((), True),
}


@pytest.mark.parametrize("typed", MULTIPLIED)
def test_words_of_size_are_converted(typed: str) -> None:
    """What an author must write instead, and whether the word means one number everywhere."""
    assert multiplied(typed) == MULTIPLIED[typed]


WRITTEN = {
    ("1087154", "en"): "1,087,154",
    ("1087154", "fr"): "1\u202f087\u202f154",
    ("1087154.10", "de"): "1.087.154,10",
    ("-1087154", "de-CH"): "\u22121\u2019087\u2019154",
    ("4500", "es"): "4500",
    ("45000", "es-419"): "45.000",
    ("45000000", "hi"): "4,50,00,000",
    ("45000000", "en-IN"): "4,50,00,000",
    ("450", "ta"): "450",
    ("1.10", "en"): "1.10",
    ("-0.5", "fr"): "\u22120,5",
    ("45000", "tlh"): "45\u202f000",
    ("withheld", "en"): "withheld",
}


@pytest.mark.parametrize(("value", "language"), WRITTEN)
def test_a_number_is_written_as_the_language_does(value: str, language: str) -> None:
    """Digits are grouped, and none is added or taken away."""
    assert number_in_words(value, language) == WRITTEN[value, language]


FIELDS = """\
  cost: {kind: number, unit: USD, min: 0, max: 5000000, label: Cost, help: All., example: '1'}
  change: {kind: number, unit: '%', label: Change, help: In a year.}
  counts: {kind: number, many: yes, label: Counts, help: Each.}
"""
NUMBERS = model_of(MODEL.replace("  no_factor:", f"{FIELDS}  no_factor:", 1))


def told(fields: str, of: Model = NUMBERS) -> tuple[object, Sequence[str]]:
    """Return the number of the only field, and each problem with its severity and hint."""
    text = f"---\ntitle: One\nsystems: queue\n{fields}\n---\n"
    parsed = record(text, path="content/incidents/one.md", of=of)
    name = fields.partition(":")[0]
    problems = [f"{p.severity}: {p.message} / {p.hint}" for p in parsed.problems]
    return parsed.case and parsed.case.values.get(name), problems


KEPT = {
    "cost: 1,087,154": "1087154",
    "cost: 1.10": "1.10",
    "cost: '1.10'": "1.10",
    "cost: 500 USD": "500",
    "cost: usd 500": "500",
    "cost: USD500": "500",
    "change: -3 %": "-3",
    "change: -3 percent": "-3",
    "cost: unknown": "unknown",
    "counts: [1, 1, 2]": ["1", "1", "2"],
    "counts: [5, unknown]": ["5", "unknown"],
    "counts: 7": ["7"],
    "cost: 5000000": "5000000",
    "cost: 5 551 234": None,
    "cost: 0612345678": None,
}


@pytest.mark.parametrize("fields", KEPT)
def test_a_field_keeps_the_digits(fields: str) -> None:
    """The field's own unit may be typed, and lists keep what is there twice."""
    value, problems = told(fields)
    assert value == KEPT[fields]
    assert bool(problems) == (value is None)


TOLD = {
    "cost: 48,250": "note: '48,250' is read as 48250 / if you mean 48.250, write that",
    "cost: 48.250": (
        "warning: '48.250' is read as 48.250: a point stands before decimals, and does not divide"
        " thousands / write 48250 if that is meant; else write 48.2500, which is the same number"
    ),
    "cost: 4,8": "error: '4,8' may be 4.8 or 48 / write 4.8 or 48: a point, not a comma, stands",
    "cost: 2.75 million": "'2.75 million' is not a number / write 2750000",
    "cost: USD 2.75 million": "/ write 2750000",
    "cost: 9 bn": "/ write 9000000000",
    "cost: 9m": "/ write 9000000, if that is what it means",
    "cost: 500 EUR": "if it is one number in USD, write 500 alone; the rest is for the text",
    "cost: $500": "if it is one number in USD, write 500 alone; the rest is for the text",
    "cost: about 12,500,000": "in USD, write 12500000 alone; the rest is for the text",
    "cost: 3 million EUR": "in USD, write 3000000 alone; the rest is for the text",
    "cost: 500-600": "write one number, and say in the text how sure it is",
    "cost: 500 to 600": "write one number, and say in the text how sure it is",
    "cost: '> 500'": "say in the text that it is at least or at most so much",
    "cost: 500+": "say in the text that it is at least or at most so much",
    "change: (500)": "write -500 if it is below zero",
    "cost: (500)": "write 500",
    "cost: 1e30": "a number has at most 30 digits",
    "change: 2e-40": "a number has at most 30 digits",
    "cost: 0042": "write 42; a code, which is no number, belongs in another field",
    "cost: 61 22 33 44": "write 61223344, if it is one number",
    "cost: twelve": "write it in digits, such as 1087154 or 12.5",
    "cost: n/a": "write unknown, or leave the line out",
    "cost: TBD": "write unknown, or leave the line out",
    "cost: [1, 2]": "'cost' holds one value, not 2",
    "cost: {a: 1}": "'cost' wants a number, not a mapping",
    "cost: -1": "'cost' is -1 USD; it is at least 0 / correct it, or write unknown",
    "cost: 5,000,000.01": "'cost' is 5000000.01 USD; it is at most 5000000",
    f"cost: {'9' * 40}": "a number has at most 30 digits",
    "counts: 12, 15": "write [12, 15]",
    "cost: ...": "'cost' is not filled in: it says '...'",
}


@pytest.mark.parametrize("fields", TOLD)
def test_the_message_says_what_to_write(fields: str) -> None:
    """What was typed is quoted, and the remedy can be typed as it stands."""
    assert any(TOLD[fields] in problem for problem in told(fields)[1]), told(fields)


def test_a_point_too_few_or_too_many_can_be_said() -> None:
    """What the warning offers is read without one."""
    assert told("cost: 48.2500") == ("48.2500", [])
    assert told("cost: 48250") == ("48250", [])


def test_a_figure_is_no_telephone_and_a_telephone_no_figure() -> None:
    """A figure passes in each form; a sign of plus before a telephone's number does not hide it."""
    for typed in ("3 555 123", "33,612,345", "-612345678", "1 087 154 000", "44 123 456.50"):
        _, problems = told(f"change: {typed}")
        assert problems == [], typed
    _, problems = told("change: +33 612 345 678")
    assert "looks like a telephone number" in problems[0]


def test_a_long_line_is_refused_as_fast_as_it_is_read() -> None:
    """Ten times the digits take about ten times as long, whatever they are divided by."""
    for unit in ("1", "1 ", "1,", "1.", "1,000", "1 000 ", "12 mio ", "-", "(", "\u0664\u066c"):
        short, long = (cpu_seconds(unit * (size // len(unit))) for size in (20_000, 200_000))
        assert long < 40 * max(short, 0.005), unit


def cpu_seconds(typed: str) -> float:
    """Return the least processor time of three in which a value is refused."""
    times = []
    for _ in range(3):
        began = time.process_time()
        assert told(f"counts: '{typed}'")[1]
        times.append(time.process_time() - began)
    return min(times)


MISTAKES = {
    "unit: USD, min: 0": ("unit: USD, min: 9000000", "'min' is more than 'max'"),
    "max: 5000000, label: Cost": (
        "max: lots, label: Cost",
        "'max' of field 'cost' is not a number",
    ),
    "{kind: number, many: yes": ("{kind: number, facet: yes, many: yes", "facet"),
    "{kind: number, unit: '%'": ("{kind: number, unit_one: a", "'unit_one' needs a 'unit'"),
    "example: '1'": ("example: -1", "the example is refused: 'cost' is -1 USD"),
    "kind: line, role: title": ("kind: line, unit: m, role: title", "'unit' means nothing here"),
    "need: always, max: 40": ("need: always, max: 0.5", "a text cannot have at most 0.5"),
    "help: How long.}": ("help: How long., summed: no}", "'summed' means nothing here"),
}


@pytest.mark.parametrize("old", MISTAKES)
def test_a_mistake_in_the_declaration_is_told_of(old: str) -> None:
    """Each has a message."""
    text = MODEL.replace("  no_factor:", f"{FIELDS}  no_factor:", 1)
    assert old in text
    made, problems = declared(text.replace(old, MISTAKES[old][0], 1))
    assert made is None
    assert any(MISTAKES[old][1] in p.message for p in problems), problems


# ---- a participatory budget, in French ----------------------------------------------------------


@pytest.fixture(scope="module")
def budget(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files of the site of a participatory budget."""
    return built.build(BUDGET, tmp_path_factory.mktemp("cache"))


def lines(files: dict[str, bytes], path: str) -> list[str]:
    """Return the lines of a page, with plain blanks."""
    text = built.read(path, files[path]).text
    return text.replace("\u202f", " ").replace("\u00a0", " ").splitlines()


def test_a_page_prints_the_number_with_its_unit(budget: dict[str, bytes]) -> None:
    """Grouped as in French, with the decimals that were typed, and one day is no days."""
    page = lines(budget, "projets/kiosque.html")
    assert {"1 087 154,10 EUR", "1 087 154 voix", "\u22122,50 %", "1 jour", "20 jours"} <= {*page}


def test_the_page_of_a_term_sums_up(budget: dict[str, bytes]) -> None:
    """Sum, median and range; how many state it, say unknown, say nothing; no sum of percentages."""
    page = lines(budget, "quartiers/nord.html")
    rows = {line.split(" | ")[0].lstrip("| "): line for line in page if line.startswith("|")}
    assert rows["Coût"].endswith(
        "2 088 055,00 EUR | 1 000 000 EUR | 900,90 EUR – 1 087 154,10 EUR | 3 | 0 | 0"
    )
    assert rows["Votes"].endswith("| 2 | 1 | 0")
    assert " | – | \u22120,7 % | " in rows["Évolution"]
    assert rows["Montant"].endswith("| 2 (dont 1 en partie) | 0 | 1")


def test_entries_count_for_their_own_term(budget: dict[str, bytes]) -> None:
    """The town's page sums what the town gave, not what others gave to the same projects."""
    page = lines(budget, "apports/ville.html")
    (row,) = [line for line in page if line.startswith("| Montant")]
    assert " | 1 000 000 EUR | " in row
    assert row.endswith("| 1 | 1 | 0")


def test_lists_are_ordered_by_value(budget: dict[str, bytes]) -> None:
    """The greatest number first: 1,087,154.10 before 1,000,000 before 900.90, as numbers do."""
    page = lines(budget, "quartiers/nord.html")
    start = page.index("Coût : du plus grand au plus petit")
    titles = [line.partition("]")[0][1:] for line in page[start + 1 : start + 4]]
    assert titles == ["Un kiosque au parc", "Un quai", "Des ruches"]
    terms = lines(budget, "quartiers/index.html")
    start = terms.index("## Coût")
    names = [line.partition("]")[0].rpartition("[")[2] for line in terms[start + 2 : start + 5]]
    assert names == ["Nord", "Sud", "Le port"]


def test_data_holds_numbers(budget: dict[str, bytes]) -> None:
    """In JSON a number with its digits, in CSV the same digits, also below zero."""
    text = budget["data/library.json"].decode()
    assert '"cout":1087154.10,' in text
    values = {case["id"]: case["values"] for case in json.loads(text)["projets"]}
    assert values["ruche"]["votes"] == "unknown"
    assert values["kiosque"]["jours"] == [1, 20]
    rows = csv.DictReader(io.StringIO(budget["data/cases.csv"].decode("utf-8-sig")))
    cells = {row["id"]: (row["cout"], row["part"], row["jours"]) for row in rows}
    assert cells["kiosque"] == ("1087154.10", "-2.50", "1; 20")


def test_the_schema_takes_numbers() -> None:
    """An editor lets pass what the reader takes, and holds numbers to their bounds."""
    properties = record_schema(NUMBERS)["properties"]
    assert isinstance(properties, dict)
    cost = properties["cost"]
    assert cost["description"] == "All. In USD."
    for value in (0, 1087154, 1.5, "unknown", "1,087,154", "3 600 000"):
        jsonschema.validate(value, cost)
    for wrong in (-1, 5000001, "lots", "1.5 million", [1]):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, cost)


def test_the_commands_say_what_to_write() -> None:
    """`casebook fields` and `casebook new` name the unit and the bounds."""
    config = str(BUDGET / "site_config.yml")
    fields = CliRunner().invoke(main, ["fields", "-f", config]).stdout
    assert "cout  (a number of EUR from 0 to 5000000; needed)" in fields
    blank = blank_record(NUMBERS, "A night", "", "2026-11-22")
    assert "# A number of USD from 0 to 5000000, such as 1\n" in blank
    assert "#cost: ...\n" in blank


def test_the_budget_is_clean(tmp_path: Path) -> None:
    """A stranger's model with numbers gives no problem."""
    misconfigured, problems = built.complaints(BUDGET, tmp_path)
    assert not misconfigured
    assert [p for p in problems if p.severity is not Severity.NOTE] == []
