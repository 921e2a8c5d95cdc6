"""The form in the browser: what is typed there is a record, read as it was typed."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Page, expect

import built
from generator.base.names import fitting_slug
from generator.base.problem import Problem, errors
from generator.build.load import load_site_model
from generator.cli.main import main
from generator.model.record import Model
from generator.pages.form_file import form_file
from generator.pages.write import new_file_address
from generator.records.front_matter import split_front_matter
from generator.records.parse import parse
from generator.records.read_file import SourceText
from looking import LOOKS, Watched, paint, resize
from small import library, own_model

SIZE = 40_000
"""In bytes, gzipped: the form of the shipped model."""

TITLES = (
    *(
        "Clean stoves in two towns",
        "Café & Co. — l’été",
        "ISTANBUL İçin bir \u0131 I",
        "ΟΔΟΣ ΣΟΦΙΑΣ",
    ),
    *("Земля: общее дело №1", "شراكة-الأرض و المياه", "زمین‌داری در روستا", "भूमि अधिकार – ग्राम १२"),
    *("ভূমির অধিকার", "ທີ່ດິນ ກໍລະນີ 100%", "ដីធ្លី និង សហគមន៍", "የመሬት አጋርነት", "土地の権利・第２回"),
    *("Straße ½ ² Ⅷ ﬁn", "con", "A\u200bb\u00adc\ufe0f d", "e\u0301te\u0301 \u0301x", "!!! ???"),
    *("ທີ່ດິນຂອງຊາວບ້ານໃນແຂວງພາກເໜືອແລະພາກໃຕ້ຂອງປະເທດລາວທີ່ຍັງບໍ່ມີໃບຕາດິນ" * 2,),
    *("A very long title " * 20, "unbrokenword" * 30, "é" * 150),
)
"""Titles in eleven scripts, long ones, and those that can name no file."""

NAUGHTY = (
    *("yes", "No", "y", "N", "on", "OFF", "true", "null", "None", "~", ".nan", "-.inf", "0x1F"),
    *("012", "1e3", "1_000", "12:30", "2026-11-22", "2014", "+1", "-1", ".5", "0o17", "=", "<<"),
    *("- not a list", "-", "--- ", "---", "# no comment", "a # b", "a: b", "a:", ": a", "?", "? a"),
    *("'", '"', "''", 'say "it"', "it's", "\\", "\\n", "C:\\new\\table", "%TAG", "@home", "`tick`"),
    *(
        "[a, b]",
        "{a: b}",
        "[",
        "]",
        "{",
        "}",
        ",",
        "a, b",
        "a,b",
        "&a",
        "*a",
        "*a b",
        "!t",
        "!!str x",
    ),
    *("|", ">", "| a", "> a", "|-", ">-", "a - b", "a -b", "a- ", "  both ends  ", "a  b"),
    *("<script>alert(1)</script>", "</script>", "<!-- a", "-->", "&amp;", "&#39;", "{{ a }}"),
    *("${a}", "%(a)s", "{0}", "{label}", "$&", "ກໍລະນີ", "شراكة", "שלום", "e\u0301", "é", "ﬁ", "İ"),
    *("😀 👩‍👩‍👧", "a\u200bb", "a\u202eb", "a\u00a0b", "a\u2028b", "a\u2029b", "a\u0085b"),
    *(
        "a\ufeffb",
        "a\ufffeb",
        "a\U0001fffeb",
        "a\u007fb",
        "a\u0007b",
        "a\u001bb",
        "a\u0000b",
        "a\ud800b",
    ),
    *("\tb", "a\tb", "/etc/passwd", "../..", "a" * 119, "Robert'); DROP TABLE x;--", "1;2", "NaN"),
)
"""Texts that YAML, HTML or a script may take for something else."""

ALL_TEXTS = """\
name: note
plural: notes
folder: cases
headings: [First, Second]
fields:
  title: {kind: line, role: title, label: Title, need: always, help: H, example: E}
  on: {kind: line, label: A name that YAML takes for another, help: H, example: E}
  text: {kind: text, label: Text, help: H, example: E}
  lines: {kind: line, many: true, label: Lines, help: H, example: E}
  texts: {kind: text, many: true, label: Texts, help: H, example: E}
  inner:
    kind: record
    label: Inner
    help: H
    fields:
      line: {kind: line, label: Line, help: H, example: E}
      text: {kind: text, label: Text, help: H, example: E}
  entries:
    kind: record
    many: true
    label: Entries
    need: always
    help: H
    fields:
      line: {kind: line, label: Line, help: H, example: E}
      text: {kind: text, label: Text, help: H, example: E}
"""
"""A model with a text wherever there may be one."""

TYPED_EVERYWHERE = """text => {
  const controls = "#write textarea:not([readonly]), #write input[type=text]";
  for (const it of document.querySelectorAll(controls)) {
    it.value = text;
    it.dispatchEvent(new Event("input"));
  }
  const buttons = Array.from(document.querySelectorAll("button"));
  buttons.find(it => it.textContent === "Copy the text").click();
  return document.querySelector("textarea[readonly]").value;
}"""
"""Types a text into every control, and returns what would be copied."""


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Return the form of the shipped model and of some strangers', each as a file."""
    folder, roots = tmp_path_factory.mktemp("forms"), {"shipped": built.SHIPPED}
    roots |= {name: built.SITES / name for name in ("budget", "postmortems", "tiny")}
    paths = {}
    for name, root in roots.items():
        paths[name] = folder / f"{name}.html"
        site = built.settings(root, folder)
        paths[name].write_bytes(form_file(model_of(root, folder), site))
    return paths


def model_of(root: Path, cache: Path) -> Model:
    """Return the model of the site in a folder."""
    model, problems = load_site_model(built.settings(root, cache))
    assert model is not None, problems
    return model


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """Give a phone that nobody has used before; a test may look at what was copied."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, accept_downloads=True)
    yield context
    context.close()


def opened(context: BrowserContext, file: Path) -> Page:
    """Open a form from its folder."""
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.locator(".write-section").first).to_be_visible()
    return page


SAVE = re.compile("Save the file|Enregistrer le fichier")


def saved(page: Page) -> tuple[str, str]:
    """Save the file; return its name and its text."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=SAVE).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_text("utf-8")


def read(text: str, model: Model, name: str = "one.md") -> tuple[dict[str, Any], list[Problem]]:
    """Return the values and the errors of a record, as the project reads it."""
    source = SourceText(f"content/cases/{name}", text)
    parsed = parse(source, model, {"visibility": "public"})
    assert parsed.case is not None
    return dict(parsed.case.values), list(errors(parsed.problems))


class Keys:
    """Somebody who fills in a form by the keyboard alone."""

    def __init__(self, page: Page) -> None:
        """Begin where the browser begins."""
        self.page = page

    def to(self, label: str) -> None:
        """Press Tab until the control of that name has the focus."""
        for _ in range(500):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(NAMED, label):
                return
        message = f"the keyboard never comes to {label!r}"
        raise AssertionError(message)

    def write(self, label: str, text: str) -> None:
        """Type into a field."""
        self.to(label)
        self.page.keyboard.insert_text(text)

    def press(self, label: str, key: str = "Enter") -> None:
        """Press a button, a fold or a box."""
        self.to(label)
        self.page.keyboard.press(key)

    def choose(self, label: str, term: str, word: str = "") -> None:
        """Open a list of terms, filter it perhaps, and tick one."""
        self.to(f"Choose: {label}")
        if not self.page.evaluate("document.activeElement.parentNode.open"):
            self.page.keyboard.press("Enter")
        if word:
            self.write(f"Filter the terms of “{label}”", word)
        self.page.keyboard.press("Tab")
        for _ in range(60):
            if self.page.evaluate(NAMED, term):
                break
            # one Tab enters a group of radio buttons, and arrows choose in it
            is_radio = self.page.evaluate("document.activeElement.type === 'radio'")
            self.page.keyboard.press("ArrowDown" if is_radio else "Tab")
        else:
            message = f"the keyboard never comes to {term!r}"
            raise AssertionError(message)
        if not self.page.evaluate("document.activeElement.checked"):
            self.page.keyboard.press("Space")
        assert self.page.evaluate("document.activeElement.checked"), term

    def fill_what_is_left(self) -> None:
        """Go where the list of what is left leads, and answer there, until nothing is left."""
        done = self.page.get_by_text(DONE)
        for _ in range(60):
            self.page.evaluate("document.activeElement.blur()")
            self.page.wait_for_timeout(300)  # what follows from a change comes after a moment
            if done.is_visible():
                return
            self.page.locator(".write-left button").first.focus()
            self.page.keyboard.press("Enter")
            if self.page.evaluate("document.activeElement.tagName") == "SUMMARY":
                if not self.page.evaluate("document.activeElement.parentNode.open"):
                    self.page.keyboard.press("Enter")
                while not self.page.evaluate(
                    "['checkbox', 'radio'].includes(document.activeElement.type)"
                ):
                    self.page.keyboard.press("Tab")
                self.page.keyboard.press("Space")
            else:
                self.page.keyboard.insert_text("2014")
        message = f"something is always left: {self.page.locator('.write-left').inner_text()}"
        raise AssertionError(message)


DONE = re.compile(r"Nothing is missing|Es fehlt nichts|Il ne manque rien")

NAMED = """label => {
  const at = document.activeElement;
  const own = at.labels && at.labels[0];
  const said = own && (own.querySelector("strong") || own).textContent;
  const name = at.getAttribute("aria-label") || said || at.textContent;
  return name.replace(/ \\((needed|needed, .*)\\)$/, "").trim() === label;
}"""


# ---- the file name, and what stands in the form --------------------------------------------------


def test_the_file_has_the_name_that_casebook_new_gives(
    phone: BrowserContext, forms: Mapping[str, Path]
) -> None:
    """The script and `casebook new` turn a title into the same name, whatever its script."""
    page = opened(phone, forms["shipped"])
    names = page.evaluate("titles => titles.map(casebook.record.fittingSlug)", list(TITLES))
    assert names == [fitting_slug(" ".join(title.split())) for title in TITLES]
    assert all(len(name.encode()) <= 200 for name in names)
    refused = page.evaluate(
        "['', 'con', 'index', 'com1', 'unknown', 'lpt²'].map(casebook.record.mayName)"
    )
    assert refused == [False] * 6
    record = {"record": "case study"}
    assert page.evaluate("form => casebook.record.fileName(form, '!!!')", record) == "case-study.md"


def test_the_form_is_small_and_asks_for_nothing(
    browser: Browser, forms: Mapping[str, Path]
) -> None:
    """It can be mailed; it works from a folder; its policy lets nothing in but its own script."""
    assert len(gzip.compress(forms["shipped"].read_bytes(), 9)) <= SIZE
    for file in forms.values():
        html = file.read_text("utf-8")
        (policy,) = map(unescape, re.findall(r'Content-Security-Policy" content="([^"]*)"', html))
        assert policy.startswith("default-src 'none';")
        for element in ("style", "script"):
            (inside,) = re.findall(rf"<{element}>(.*?)</{element}>", html, re.DOTALL)
            (digest,) = re.findall(rf"{element}-src 'sha256-([^']*)';", policy)
            assert b64decode(digest) == hashlib.sha256(inside.encode()).digest()
        watched = Watched(browser.new_page(viewport={"width": 360, "height": 800}))
        watched.visit(file.as_uri())
        expect(watched.page.locator(".write-section").first).to_be_visible()
        assert (watched.asked, watched.failed, watched.said) == ([file.as_uri()], [], [])
        assert watched.page.evaluate("document.documentElement.scrollWidth") == 360
        watched.page.close()


@pytest.mark.parametrize("name", ["budget", "postmortems", "tiny"])
def test_a_stranger_has_a_form_of_its_own(forms: Mapping[str, Path], name: str) -> None:
    """The form of another model has its words, and no trace of ours."""
    data = re.sub(r"<(style|script)>.*?</\1>", "", forms[name].read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r"artnership|case stud|CARE", data) == []


def test_a_form_without_scripts_says_what_else_to_do(
    browser: Browser, forms: Mapping[str, Path]
) -> None:
    """Whoever has no scripts is told how the file is written without the form."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(forms["shipped"].as_uri())
    expect(page.locator("#write")).to_contain_text("casebook new")
    context.close()


def test_no_hidden_name_is_in_a_form(tmp_path: Path) -> None:
    """Names of organisations are typed: a list of them would tell those that no page tells."""
    root = built.SITES / "private"
    site = built.settings(root, tmp_path)
    pages = [form_file(model_of(root, tmp_path), site), built.build(root, tmp_path)["write.html"]]
    for page in pages:
        text = page.decode().casefold()
        assert [
            word for word in ("quartz", "marble", "unicef", "onyx", "travertine") if word in text
        ] == []


# ---- records -------------------------------------------------------------------------------------


def test_a_snapshot_by_the_keyboard_alone(
    phone: BrowserContext, forms: Mapping[str, Path], tmp_path: Path
) -> None:
    """On a phone and without a pointer a snapshot is written, read without an error, and built."""
    page = opened(phone, forms["shipped"])
    keys = Keys(page)
    keys.write("Title", 'A trial: "case" #1 — ກໍລະນີ')
    keys.write("Summary", "yes")
    keys.choose("Countries", "Laos", "lao")
    keys.choose("Focus", "Ownership of a model", "ownership")
    keys.write("Name", "Ministry: of #Trial")
    keys.choose("CARE's role", "Leading role")
    keys.press("Sources")
    keys.press("Add: Sources")
    keys.write("Citation", "NO")
    keys.choose("Factor", "Trusted relationship", "trust")
    keys.write("What happened", '- one\n- two: \\ "three"')
    keys.choose("Evidence", "source-1")
    expect(page.locator(".write-left li")).to_have_text(["Sources 1: Kind: not filled in"])
    keys.fill_what_is_left()
    name, text = saved(page)
    assert name == "a-trial-case-1-ກໍລະນີ.md"
    model = model_of(built.SHIPPED, tmp_path)
    values, wrong = read(text, model, name)
    assert wrong == []
    assert values["partners"] == [{"name": "ministry-of-trial"}]
    assert (values["title"], values["summary"]) == ('A trial: "case" #1 — ກໍລະນີ', "yes")
    assert (values["countries"], values["focus"]) == (["la"], ["ownership-of-model"])
    assert values["evidence"] == [{"id": "source-1", "kind": "document", "citation": "NO"}]
    assert values["success_factors"] == [
        {
            "factor": "trusted-relationship",
            "what": '- one\n- two: \\ "three"',
            "evidence": ["source-1"],
        }
    ]
    assert is_built(tmp_path, name, text)
    assert yaml.safe_load(text.split("---\n")[1])["success_factors"] == values["success_factors"]


def test_a_full_case_is_led_to_its_end(
    phone: BrowserContext, forms: Mapping[str, Path], tmp_path: Path
) -> None:
    """What is still to fill in leads from question to question, until `check` finds no error."""
    page = opened(phone, forms["shipped"])
    keys = Keys(page)
    keys.write("Title", "A whole case")
    page.get_by_role("radio", name="Snapshot").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Full case")).to_be_checked()
    expect(page.get_by_label("Title (needed)")).to_have_value("A whole case")
    keys.fill_what_is_left()
    name, text = saved(page)
    values, wrong = read(text, model_of(built.SHIPPED, tmp_path), name)
    assert wrong == []
    assert values["record_type"] == "case"
    assert is_built(tmp_path, name, text)


@pytest.mark.parametrize("name", ["budget", "postmortems", "tiny"])
def test_a_stranger_writes_a_record(
    phone: BrowserContext, forms: Mapping[str, Path], tmp_path: Path, name: str
) -> None:
    """The form of another model makes a record of that model."""
    page = opened(phone, forms[name])
    Keys(page).fill_what_is_left()
    values, wrong = read(saved(page)[1], model_of(built.SITES / name, tmp_path))
    assert wrong == []
    assert values["title"] == "2014"


def is_built(root: Path, name: str, text: str) -> bool:
    """Tell whether a site with a record of that file can be built, with no error at all."""
    own_model(root)
    library(root)
    (root / "content/cases" / name).write_text(text, "utf-8")
    return f"cases/{name[:-3]}.html" in built.build(root, root / "cache")


def form_of(root: Path, config: str = "") -> Path:
    """Write the form of a small site with some more configuration; return its file."""
    library(root)
    if config:
        (root / "site_config.yml").write_text(
            config + (root / "site_config.yml").read_text("utf-8"), "utf-8"
        )
    file = root / "form.html"
    file.write_bytes(
        form_file(model_of(root, root / "cache"), built.settings(root, root / "cache"))
    )
    return file


def test_every_text_comes_back_as_it_was_typed(phone: BrowserContext, tmp_path: Path) -> None:
    """Whatever is typed into any text control is what the project's reader, and another, reads."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/record.yml").write_text(ALL_TEXTS, "utf-8")
    model = model_of(library(tmp_path), tmp_path)
    phone.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page = opened(phone, form_of(tmp_path))
    wrong = []
    for typed in NAUGHTY:
        text = page.evaluate(f"({TYPED_EVERYWHERE})({json.dumps(typed)})")
        file = text.encode().decode()
        front, problems = split_front_matter(SourceText("one.md", file))
        assert front is not None, problems
        said = ILLEGIBLE.sub("", typed.replace("\ud800", "\ufffd")).strip()
        inner = {"line": said, "text": said}
        expected: dict[str, Any] = dict.fromkeys(("title", "on", "text"), said)
        expected |= {"lines": [said], "texts": [said], "inner": inner, "entries": [inner]}
        values, _ = read(file, model)
        plain = yaml.safe_load(front.text)
        stripped = json.loads(
            json.dumps(plain), object_hook=lambda o: {k: bare(v) for k, v in o.items()}
        )
        parts = re.split(r"(?m)^## (?:First|Second)$", front.body)
        bodies = [part.strip() for part in parts[1:]]
        if (values, stripped, bodies) != (expected, expected, [said, said]):
            wrong.append((typed, values, stripped, bodies))
    assert wrong == []


ILLEGIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\U0001fffe]")
"""What no file of text may hold: the form leaves it out, as the reader would refuse the file."""


def test_nothing_that_a_model_says_is_run(phone: BrowserContext, tmp_path: Path) -> None:
    """Labels, helps and headings stand there as they were written, whatever they look like."""
    bad = "</script><img src=x onerror='document.hacked=1'>"
    (tmp_path / "content").mkdir()
    text = re.sub("label: (Text|Line),", f'label: "{bad}",', ALL_TEXTS).replace("First", f'"{bad}"')
    (tmp_path / "content/record.yml").write_text(text.replace("help: H", f'help: "{bad}"'), "utf-8")
    page = opened(phone, form_of(library(tmp_path)))
    expect(page.get_by_text(bad, exact=True).first).to_be_visible()
    assert page.evaluate("[document.hacked, document.images.length]") == [None, 0]


def bare(value: object) -> object:
    """Return a text, or each of a list, without blanks at its ends, as records have it."""
    if isinstance(value, list):
        return [bare(item) for item in value]
    return value.strip() if isinstance(value, str) else value


def test_nobody_knows(phone: BrowserContext, forms: Mapping[str, Path], tmp_path: Path) -> None:
    """A whole list, a text and a part of an entry may be unknown; what was typed stays."""
    page = opened(phone, forms["shipped"])
    page.get_by_label("Title (needed)").fill("Who knows")
    page.get_by_label("Summary (needed)").fill("A summary.")
    for label in ("Success factors", "Countries", "Focus", "CARE's role", "Summary", "Name"):
        page.get_by_label(f"Not known: {label}", exact=True).check()
    values, wrong = read(saved(page)[1], model_of(built.SHIPPED, tmp_path))
    assert wrong == []
    assert values["partners"] == [{"name": "unknown"}]
    unknown = ("success_factors", "countries", "focus", "our_role", "summary")
    assert {values[name] for name in unknown if isinstance(values[name], str)} == {"unknown"}
    page.get_by_label("Not known: Summary", exact=True).uncheck()
    expect(page.get_by_label("Summary (needed)")).to_have_value("A summary.")


def test_entries_come_and_go(phone: BrowserContext, forms: Mapping[str, Path]) -> None:
    """A removed entry can be had back; a source that is gone is cited no more."""
    page = opened(phone, forms["shipped"])
    for name in ("One", "Two"):
        page.get_by_label("Name (needed)").last.fill(name)
        page.get_by_role("button", name="Add: Partner").click()
    page.get_by_role("button", name="Remove: Partner 1").click()
    assert "Two" in saved(page)[1]
    assert "One" not in saved(page)[1]
    page.get_by_role("button", name="Undo: Partner 1").click()
    text = saved(page)[1]
    assert text.index("One") < text.index("Two")
    page.locator("summary", has_text="Sources").click()
    page.get_by_role("button", name="Add: Sources").click()
    page.get_by_label("Citation (needed)").fill("A law")
    claim = page.get_by_role("group", name="Success factor 1")
    evidence = claim.locator("details", has_text="Choose: Evidence")
    evidence.locator("summary").click()
    evidence.get_by_label("source-1").check()
    assert saved(page)[1].count("source-1") == 2
    page.get_by_label("Id (needed)").fill("law-2019")
    assert saved(page)[1].count("law-2019") == 2
    page.get_by_role("button", name="Remove: Sources 1").click()
    assert "law-2019" not in saved(page)[1]


def test_a_draft_is_kept_and_can_be_forgotten(
    phone: BrowserContext, forms: Mapping[str, Path]
) -> None:
    """What was typed is there after a reload; forgotten, nothing of it stays on the device."""
    page = opened(phone, forms["shipped"])
    expect(page.get_by_role("button", name="Forget this draft")).to_have_count(0)
    page.get_by_label("Title (needed)").fill("Half a case")
    page.reload()
    expect(page.get_by_text("Your draft is here again.")).to_be_visible()
    expect(page.get_by_label("Title (needed)")).to_have_value("Half a case")
    page.get_by_role("button", name="Forget this draft").click()
    page.get_by_role("button", name="No, keep it").click()
    page.get_by_role("button", name="Forget this draft").click()
    page.get_by_role("button", name="Yes, forget it").click()
    expect(page.get_by_text("The draft is forgotten.")).to_be_visible()
    expect(page.get_by_label("Title (needed)")).to_have_value("")
    page.wait_for_timeout(400)
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    expect(page.get_by_label("Title (needed)")).to_have_value("")


@pytest.mark.parametrize(
    "kept",
    [
        "null",
        "[]",
        "5",
        "{",
        '{"root": 5}',
        '{"root": {"v": {"partners": 1, "title": []}}, "kind": 3}',
    ],
)
def test_what_is_no_draft_hurts_nobody(
    phone: BrowserContext, forms: Mapping[str, Path], kept: str
) -> None:
    """Whatever the browser keeps under the key, the form is there and works."""
    page = opened(phone, forms["shipped"])
    key = "casebook:form:Strategic partnerships:content/cases/"
    page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [key, kept])
    page.reload()
    page.get_by_label("Title (needed)").fill("Sound")
    assert "title: Sound" in saved(page)[1]


def test_a_browser_that_keeps_nothing_is_told_of(
    phone: BrowserContext, forms: Mapping[str, Path]
) -> None:
    """Where a browser refuses its memory the form works, and says that no draft is kept."""
    phone.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no'); }})"
    )
    page = opened(phone, forms["shipped"])
    expect(page.get_by_text("This browser keeps no draft.")).to_be_visible()
    page.get_by_label("Title (needed)").fill("Sound")
    assert "title: Sound" in saved(page)[1]


def test_a_new_file_of_the_repository(phone: BrowserContext, tmp_path: Path) -> None:
    """A short record stands in the address of the new file; a long one is copied by hand."""
    own_model(tmp_path)
    where = "repo_url: https://github.com/us/cases\nedit_uri: edit/main/content/\n"
    page = opened(phone, form_of(tmp_path, where))
    page.get_by_label("Title (needed)").fill("A ດີ title")
    link = page.get_by_role("link", name="Open it as a new file in the repository")
    expect(link).to_have_attribute("href", re.compile("title%3A"))
    address = urlsplit(str(link.get_attribute("href")))
    assert address.path == "/us/cases/new/main/content/cases"
    given = {name: value[0] for name, value in parse_qs(address.query).items()}
    assert given == {"filename": "a-ດີ-title.md", "value": saved(page)[1]}
    page.get_by_label("Summary (needed)").fill("ດ" * 600)
    page.get_by_label("Situation").fill("ດ" * 100)
    link = page.get_by_role("link", name="Open an empty new file in the repository")
    expect(link).to_have_attribute("href", re.compile(r"cases\?filename=[^&]*$"))
    expect(page.get_by_text("It is too long to go into the address")).to_be_visible()


@pytest.mark.parametrize(
    ("edit", "address"),
    [
        (
            "https://github.com/us/a/edit/main/content/",
            "https://github.com/us/a/new/main/content/cases",
        ),
        (
            "https://github.us.org/us/a/blob/b/c/content/",
            "https://github.us.org/us/a/new/b/c/content/cases",
        ),
        ("https://gitlab.com/us/a/-/edit/main/content/", ""),
        ("https://code.example/us/edit/main/content/", ""),
        ("", ""),
    ],
)
def test_the_page_of_a_new_file(tmp_path: Path, edit: str, address: str) -> None:
    """Only where the repository is known to take a text from an address is that offered."""
    own_model(tmp_path)
    site = replace(built.settings(library(tmp_path), tmp_path), edit_url=edit)
    assert new_file_address(site, model_of(tmp_path, tmp_path)) == address


def test_everybody_can_fill_it_in(
    phone: BrowserContext, forms: Mapping[str, Path], axe: Callable[[Page], str]
) -> None:
    """The form is without fault, all folds open and entries added, in light and in dark."""
    page = opened(phone, forms["shipped"])
    page.evaluate(OPEN_ALL)
    page.get_by_label("Title (needed)").fill("x" * 130)
    expect(page.locator(".write-left")).to_contain_text("at most 120 characters fit")
    for width, scheme in LOOKS:
        resize(page, width)
        paint(page, scheme)
        assert axe(page) == "", (width, scheme)


OPEN_ALL = """() => {
  for (const it of document.querySelectorAll("button"))
    if (it.textContent.startsWith("Add: ")) it.click();
  for (const it of document.querySelectorAll("details")) it.open = true;
}"""


# ---- the command and the site --------------------------------------------------------------------


def test_the_command_writes_the_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`casebook form` names the file after a record, and never writes over what is no form."""
    own_model(tmp_path)
    library(tmp_path, broken="no fields at all")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["form"])
    assert (result.exit_code, result.stdout) == (
        0,
        "case-study-form.html: open it in a browser, or send it to an author\n",
    )
    first = Path("case-study-form.html").read_bytes()
    assert CliRunner().invoke(main, ["form", "--format", "html"]).exit_code == 0
    assert Path("case-study-form.html").read_bytes() == first
    Path("mine.html").write_text("mine", "utf-8")
    result = CliRunner().invoke(main, ["form", "-o", "mine.html"])
    assert result.exit_code == 2
    assert "is no form; it was left as it is" in result.stderr
    assert Path("mine.html").read_text("utf-8") == "mine"
    result = CliRunner().invoke(main, ["form", "-o", "no/such/folder.html"])
    assert (result.exit_code, result.exception.__class__) == (2, SystemExit)


def test_the_site_has_the_form(shipped: Path, browser: Browser, tmp_path: Path) -> None:
    """The page of the site loads its own files alone, and *Write a case study* leads to it."""
    watched = Watched(browser.new_page())
    watched.visit((shipped / "contribute.html").as_uri())
    watched.page.get_by_role("link", name="Fill in a form in the browser").click()
    watched.page.get_by_label("Title (needed)").fill("From the site")
    text = saved(watched.page)[1]
    assert all(address.startswith(("file:", "blob:")) for address in watched.asked)
    assert watched.said == []
    values, _ = read(text, model_of(built.SHIPPED, tmp_path))
    assert values["title"] == "From the site"
    watched.page.close()
    about = (shipped / "about/index.html").read_text("utf-8")
    assert 'href="../write.html"' in about


def test_its_colours_are_those_of_the_site() -> None:
    """The file has a style of its own; each colour in it, light and dark, is that of the site."""
    colours = re.compile(r"^ +(--[a-z]+): (#[0-9a-f]+);$", re.MULTILINE)

    def schemes(name: str) -> list[set[tuple[str, str]]]:
        text = (built.SHIPPED / "templates" / name).read_text("utf-8")
        light, _, dark = text.partition("(prefers-color-scheme: dark)")
        return [set(colours.findall(light)), set(colours.findall(dark))]

    (light, dark), (own_light, own_dark) = schemes("assets/casebook.css"), schemes("form.css")
    assert len(own_light) == len(own_dark) > 5
    assert (own_light - light, own_dark - dark) == (set(), set())
