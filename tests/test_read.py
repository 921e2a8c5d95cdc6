"""Files in, texts and problems out."""

from __future__ import annotations

import os
import unicodedata
from io import BytesIO
from pathlib import Path
from threading import Event, Thread
from zipfile import ZipFile

import pytest

from generator.base.problem import Problem, Severity
from generator.records.case_files import case_files
from generator.records.front_matter import FrontMatter, split_front_matter
from generator.records.read_file import SourceText, read_file

SAVE = "save the file as UTF-8"
ODD_FENCE = "this '---' has a space before it, or a character that cannot be seen"
THREE = "three hyphens: ---; some programs change them"
START = "start it with a line '---', the fields, and another line '---'"


def reading(
    root: Path, content: bytes, **options: int
) -> tuple[SourceText | None, tuple[Problem, ...]]:
    """Write a file and read it."""
    file = root / "a.md"
    file.write_bytes(content)
    return read_file(root, file, within=root, **options)


@pytest.mark.parametrize(
    "content",
    [
        "é\nb\n".encode(),
        b"\xef\xbb\xbf" + "é\r\nb\r\n".encode(),
        "é\rb\r".encode(),
    ],
)
def test_certain_bytes_are_read(tmp_path: Path, content: bytes) -> None:
    """A byte-order mark and every kind of line end mean the same text."""
    assert reading(tmp_path, content) == (SourceText("a.md", "é\nb\n"), ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_that_says_so_is_read_with_a_note(tmp_path: Path, encoding: str) -> None:
    """Its meaning is certain, so it is read, and the author learns of it."""
    note = Problem(
        path="a.md",
        severity=Severity.NOTE,
        code="encoding",
        message="the file is in UTF-16; it was read",
        hint=SAVE,
    )
    assert reading(tmp_path, "\ufeffé\n".encode(encoding)) == (SourceText("a.md", "é\n"), (note,))


@pytest.mark.parametrize(
    ("content", "place", "message", "hint"),
    [
        (
            "é\r\nun café".encode()[:-2] + b"\xe9s,",
            (2, 7),
            "the byte E9 is not UTF-8",
            f"{SAVE}; it looks like Windows-1252, where this word reads 'cafés'",
        ),
        (
            b"a \x93so\x94",
            (1, 3),
            "the byte 93 is not UTF-8",
            f"{SAVE}; it looks like Windows-1252",
        ),
        (b"\xff\xfea\0b", (1, 2), "the UTF-16 of the file breaks off here", SAVE),
        ("a: وزارة".encode("cp1256"), (1, 4), "the byte E6 is not UTF-8", SAVE),
        ("a".encode("utf-32"), (1, 1), "the file is in UTF-32, which is not read", SAVE),
        (b"\0\0\xfe\xff\0\0\0a", (1, 1), "the file is in UTF-32, which is not read", SAVE),
        (b"a\x81", (1, 2), "the byte 81 is not UTF-8", SAVE),
        (
            b"a\xe2\x82",
            (1, 2),
            "the byte E2 is not UTF-8",
            f"{SAVE}; it looks like Windows-1252, where this word reads 'aâ'",
        ),
        (
            "title: é".encode("utf-16-le"),
            (1, 15),
            "this looks like UTF-16, which cannot be read with certainty here",
            SAVE,
        ),
        (
            "title".encode("utf-16-be"),
            (1, 1),
            "this looks like UTF-16, which cannot be read with certainty here",
            SAVE,
        ),
    ],
)
def test_other_bytes_are_refused_in_their_place(
    tmp_path: Path, content: bytes, place: tuple[int, int], message: str, hint: str
) -> None:
    """The first byte that is no text has a line, a column and a likely reading."""
    found = Problem(
        path="a.md", line=place[0], column=place[1], code="encoding", message=message, hint=hint
    )
    assert reading(tmp_path, content) == (None, (found,))


def test_control_characters_are_reported_beside_the_text(tmp_path: Path) -> None:
    """A stray control character is an error; the rest can still be checked."""
    source, problems = reading(tmp_path, "ab\n é\x0bx\n".encode())
    assert source == SourceText("a.md", "ab\n é\ufffdx\n")
    assert [(p.line, p.column, p.code) for p in problems] == [(2, 3, "control-character")]


def test_a_file_with_nul_is_no_text(tmp_path: Path) -> None:
    """NUL is reported in its place and the file is not read."""
    source, problems = reading(tmp_path, b"title: x\nb\0c\n")
    assert source is None
    assert [(p.line, p.column, p.message) for p in problems] == [
        (2, 2, "there is a control character here, U+0000")
    ]


def test_a_large_file_is_never_opened(tmp_path: Path) -> None:
    """The size is looked up first, and said together with the limit."""
    file = tmp_path / "a.md"
    with file.open("wb") as opened:
        opened.truncate(50_000_000)
    source, problems = read_file(tmp_path, file, within=tmp_path)
    assert source is None
    assert [(p.code, p.message) for p in problems] == [
        ("too-large", "the file has 50,000,000 bytes, more than the 1,000,000 that are read")
    ]
    assert reading(tmp_path, b"12345", limit=5)[0] == SourceText("a.md", "12345")


def test_what_is_no_readable_file_is_a_problem(tmp_path: Path) -> None:
    """A folder, a pipe, a loop of links and a file that went away neither raise nor wait."""
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    names = ["folder.md", "pipe.md", "loop.md", "gone.md"]
    found = [read_file(tmp_path, tmp_path / name, within=tmp_path) for name in names]
    assert [(source, *((p.path, p.code) for p in problems)) for source, problems in found] == [
        (None, ("folder.md", "not-a-file")),
        (None, ("pipe.md", "not-a-file")),
        (None, ("loop.md", "unreadable")),
        (None, ("gone.md", "unreadable")),
    ]


def test_links_that_leave_the_content_are_refused(tmp_path: Path) -> None:
    """A link inside is read; one that leads out, by whatever way, is refused by its name."""
    content = tmp_path / "content"
    content.mkdir()
    (tmp_path / "secret.md").write_text("secret")
    (content / "a.md").write_text("x")
    (content / "in.md").symlink_to("a.md")
    (content / "out.md").symlink_to("../secret.md")
    (content / "folder").symlink_to("..")
    assert read_file(tmp_path, content / "in.md", within=content) == (
        SourceText("content/in.md", "x"),
        (),
    )
    for name in ("out.md", "folder/secret.md", "../secret.md"):
        source, problems = read_file(tmp_path, content / name, within=content)
        assert source is None
        assert [p.code for p in problems] == ["outside-content"]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not tell")
def test_a_file_that_becomes_a_link_while_it_is_read_is_refused(tmp_path: Path) -> None:
    """What is read is the file that was opened, not the one that its path led to before."""
    content = tmp_path / "content"
    content.mkdir()
    (tmp_path / "secret.md").write_text("secret")
    over = Event()

    def exchange() -> None:
        while not over.is_set():
            (content / "file").write_text("x")
            (content / "file").replace(content / "a.md")
            (content / "link").symlink_to("../secret.md")
            (content / "link").replace(content / "a.md")

    exchanging = Thread(target=exchange)
    exchanging.start()
    try:
        read = [read_file(tmp_path, content / "a.md", within=content)[0] for _ in range(3_000)]
    finally:
        over.set()
        exchanging.join()
    assert {source.text for source in read if source} == {"x"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\na: 1\n---\nBody\n", ("a: 1\n", 2, "Body\n", 4)),
        ("--- \na: 1\n...\t\n\nBody", ("a: 1\n", 2, "\nBody", 4)),
        ("\n  \n ---\na: 1\n---", ("a: 1\n", 4, "", 6)),
        ("---\n---\n---\n", ("", 2, "---\n", 3)),
        ("---\na: |\n  ---\n---\nx", ("a: |\n  ---\n", 2, "x", 5)),
    ],
)
def test_front_matter_and_body(text: str, expected: tuple[str, int, str, int]) -> None:
    """Fields and body come apart, each with the line on which it begins."""
    front, line, body, body_line = expected
    wanted = FrontMatter(text=front, first_line=line, body=body, body_line=body_line)
    assert split_front_matter(SourceText("a.md", text)) == (wanted, ())


@pytest.mark.parametrize(
    ("text", "line", "code", "message", "hint"),
    [
        ("", 1, "empty-file", "the file is empty", START),
        (" \n\n", 1, "empty-file", "the file is empty", START),
        (
            "\ntitle: x\n",
            2,
            "no-front-matter",
            "the file starts with 'title: x' and not with '---'",
            START,
        ),
        ("----\n", 1, "no-front-matter", "the file starts with '----' and not with '---'", THREE),
        *(
            (
                f"{fence}\ntitle: x\n{fence}\n",
                1,
                "no-front-matter",
                f"the file starts with '{fence}' and not with '---'",
                THREE,
            )
            for fence in ("\u2013\u2013\u2013", "\u2014", "--", "+++")
        ),
        *(
            (text, line, "odd-fence", ODD_FENCE, "delete the line and type three hyphens: ---")
            for text, line in [
                ("---\u00a0\ntitle: x\n---\n", 1),
                ("\u200e---\ntitle: x\n---\n", 1),
                ("---\ntitle: x\n ---\nWe met.\n", 3),
                ("---\ntitle: x\n---\u200b\nWe met.\n", 3),
                ("---\ntitle: x\n\u2060---\n\nWe met.\n\n---\n", 3),
            ]
        ),
        (
            "---\ntitle: x\n\u2014\nWe met.\n",
            1,
            "unclosed-front-matter",
            "the fields that start after this '---' have no second '---' after them",
            f"line 3: {THREE}",
        ),
        *(
            (
                text,
                line,
                "unclosed-front-matter",
                "the fields that start after this '---' have no second '---' after them",
                f"add a line '---' {where}",
            )
            for text, line, where in [
                (
                    "---\na: 1\n\nb: 2\n# How it began\nWe met.\n",
                    1,
                    "before line 5, where the text seems to start",
                ),
                (
                    "\n---\na: 1\n\nWe met.\n\nAgain.\n",
                    2,
                    "before line 4, where the text seems to start",
                ),
                ("---\na: 1\n", 1, "after the fields"),
            ]
        ),
    ],
)
def test_a_file_that_does_not_come_apart(
    text: str, line: int, code: str, message: str, hint: str
) -> None:
    """Each way to get the two fences wrong is named on the line where it is put right."""
    found = Problem(path="a.md", line=line, code=code, message=message, hint=hint)
    assert split_front_matter(SourceText("a.md", text)) == (None, (found,))


def test_case_files_are_found_in_one_order(tmp_path: Path) -> None:
    """Every ending of Markdown counts, in every folder; hidden files do not."""
    names = [
        "b.md",
        "a/z.MD",
        "a/y.markdown",
        ".hidden/x.md",
        ".x.md",
        "notes.txt",
        "é.md",
        "c.md/d.md",
    ]
    for name in names:
        file = tmp_path / "content" / "cases" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    cases = tmp_path / "content" / "cases"
    files, problems = case_files(tmp_path, tmp_path / "content", "cases")
    assert [file.relative_to(cases).as_posix() for file in files] == [
        "a/y.markdown",
        "a/z.MD",
        "b.md",
        "c.md/d.md",
        "é.md",
    ]
    assert [(p.path, str(p.severity), p.code) for p in problems] == [
        ("content/cases/notes.txt", "warning", "unread-file")
    ]


def test_names_that_cannot_be_pages_are_refused(tmp_path: Path) -> None:
    """A file without a name and one whose name is no text are problems, not pages."""
    (tmp_path / ".md").write_text("")
    (tmp_path / ".Markdown").write_text("")
    (tmp_path / os.fsdecode(b"\xff.md")).write_text("")
    (tmp_path / "a\nb.md").write_text("")
    files, problems = case_files(tmp_path, tmp_path, ".")
    assert files == ()
    assert sorted((p.path, p.code) for p in problems) == [
        (".Markdown", "no-name"),
        (".md", "no-name"),
        ("a\ufffdb.md", "odd-name"),
        ("\ufffd.md", "odd-name"),
    ]


def test_names_that_some_computers_confuse_are_a_problem(tmp_path: Path) -> None:
    """Two files that differ in case, form or ending alone are both named."""
    for name in (
        "a.md",
        "A.markdown",
        "é.md",
        unicodedata.normalize("NFD", "é") + ".markdown",
        "b.md",
    ):
        (tmp_path / name).write_text("")
    files, problems = case_files(tmp_path, tmp_path, ".")
    assert len(files) == 5
    assert [(p.path, p.code, p.message) for p in problems] == [
        (
            path,
            "same-name",
            f"this file and {other} differ only in capitals, accents' form or ending",
        )
        for path, other in (("a.md", "A.markdown"), ("é.md", "é.markdown"))
    ]


def test_linked_folders_are_entered_once_and_never_left(tmp_path: Path) -> None:
    """Loops end, what a link shows twice is read once, and the way out is refused by name."""
    cases = tmp_path / "content" / "cases"
    (cases / "a").mkdir(parents=True)
    (cases / "a" / "x.md").write_text("")
    (cases / "a" / "loop").symlink_to("..")
    (cases / "Again").symlink_to("a")
    (cases / "out").symlink_to("../..")
    files, problems = case_files(tmp_path, tmp_path / "content", "cases")
    assert files == (cases / "a" / "x.md",)
    assert [(p.path, p.code) for p in problems] == [("content/cases/out", "outside-content")]


def test_a_missing_folder_holds_no_files(tmp_path: Path) -> None:
    """Git keeps no empty folders, so a library before its first record has none."""
    assert case_files(tmp_path, tmp_path, "cases") == ((), ())


def office_file(*names: str, first: bytes = b"") -> bytes:
    """Return an archive with files of these names, as office programs write it."""
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x" * 50)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (office_file("[Content_Types].xml", "word/document.xml"), "a Word (DOCX) file"),
        (office_file("[Content_Types].xml", "xl/workbook.xml"), "an Excel file"),
        (office_file("ppt/presentation.xml"), "a PowerPoint file"),
        (
            office_file("content.xml", first=b"application/vnd.oasis.opendocument.text"),
            "a LibreOffice (ODT) file",
        ),
        (office_file("notes.txt"), "an archive (ZIP) or a file of an office program"),
        (b"\xd0\xcf\x11\xe0\xa1" + b"\0" * 600, "an old Word (DOC) or other Office file"),
        (
            b"\xef\xbb\xbf{\\rtf1\\ansi\\ansicpg1252 ---\\par title: x}",
            "a rich text (RTF) file, as WordPad, TextEdit and Word save it",
        ),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF file"),
        (b"\r\n<!DOCTYPE HTML PUBLIC><html><body>x", "a web page (HTML)"),
        (b"<html xmlns:o='urn:schemas-microsoft-com'>", "a web page (HTML)"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
    ],
)  # fmt: skip
def test_a_file_of_another_program_is_called_by_its_name(
    tmp_path: Path, content: bytes, name: str
) -> None:
    """It is not read, whatever it is called, and how to make text of it is said."""
    source, (problem,) = reading(tmp_path, content)
    assert source is None
    assert (problem.code, problem.message) == ("not-text", f"this is {name}, not plain text")
    assert problem.hint


@pytest.mark.parametrize(
    "content", [b"PK is a unit\n", b"<p>One</p>\n", b"Rtf: {\\rtf1}\n", b"% PDF\n", b"<htmlx>\n"]
)
def test_a_text_about_other_programs_is_text(tmp_path: Path, content: bytes) -> None:
    """Only what begins like such a file is one."""
    assert reading(tmp_path, content) == (SourceText("a.md", content.decode()), ())


RECORD = "---\ntitle: A\nsummary: B\n---\n\nText.\n"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("---\ntitle: C\nsummary: D\n---\nMore.\n", 7),
        ("\n\n---  \nsummary: D\ncountries: Laos\ntitle: C\n...\n", 9),
        ("---\n\nA rule.\n\n---\ntitle: C\n# note\nsummary: D\n---\n", 11),
        ("```\n---\ntitle: C\nsummary: D\n---\n```\n", None),
        ("---\ntitle: alone\n---\n", None),
        ("---\nto: you\nfrom: me\n---\n", None),
        ("---\ntitle: C\nsummary: D\n", None),
    ],
)
def test_two_records_in_one_file_are_told_apart(body: str, line: int | None) -> None:
    """Fields of the first record between two fences of its text are those of another record."""
    _, problems = split_front_matter(SourceText("a.md", RECORD + body))
    assert [(p.code, p.line) for p in problems] == ([("two-records", line)] if line else [])
