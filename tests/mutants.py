"""A measure of the tests: it breaks the code on purpose and counts which mistakes they notice.

`python tests/mutants.py` makes each mistake of `MUTANTS` in a copy of the project, and runs the
tests there that ought to notice it. A mistake that no test notices survives: nothing protects what
it breaks. To add a mutant, add an entry to `MUTANTS`.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
NOT_COPIED = re.compile(r"\.git|\.venv.*|\..*_cache|\.hypothesis|\.casebook.*|site|build|dist")
"""Names at the top of the project that are no part of it."""

PATIENCE, PATIENCE_PER_SECOND = 120, 10
"""In seconds: how long tests may take, and how much longer for each second that they take
without a mistake."""

FIRST_COUNT, SECOND_COUNT = "first count", "second count"
"""When the tests that notice a mutant were there: at the first count already, or not before the
second. What the first count missed got tests of its own, so the two are counted apart."""

PASSED, FAILED, UNREADABLE = 0, 1, 2
"""Exit codes of pytest: all tests pass, one fails, a test file raises when it is imported."""

_FIRST_FAILURE = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One small mistake, as a person might make it: in `file`, `old` becomes `new`.

    `old` stands exactly once in the file. `why` says what goes wrong then, in words that stay
    true when the code moves. `tests` are the tests that ought to notice, as pytest takes them, the
    likeliest first. With `browser` the tests that open pages run too. `since` is the first count
    that finds a test to notice it: a new mutant that needs a new test has a later one.
    """

    name: str
    why: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    browser: bool = False
    since: str = FIRST_COUNT


MUTANTS = (
    # ---- reading -------------------------------------------------------------------------------
    Mutant(
        name="yaml-line-of-a-later-mistake",
        why="In fields with a mistake, every later field is counted one more line too high.",
        file="generator/yaml_nodes/compose.py",
        old='line += text.count("\\n", start, end)',
        new='line += text.count("\\n", start, end - 1)',
        tests=("tests/test_nodes.py", "tests/test_sites_invalid.py", "tests/test_cases.py"),
    ),
    Mutant(
        name="country-two-terms-share",
        why="A name that CLDR gives to two countries of the file leads to the last of them.",
        file="generator/model/vocabulary.py",
        old='ids[key] = term.id if ids.get(key, term.id) == term.id else ""',
        new="ids[key] = term.id",
        tests=("tests/test_vocabulary.py", "tests/test_hints.py"),
        since=SECOND_COUNT,
    ),
    Mutant(
        name="collation-decimals",
        why="What follows a decimal point is sorted by its value: 0.25 after 0.3.",
        file="generator/base/collation.py",
        old=r'r"(?<![^\W_])(?<!\d[.,])"',
        new=r'r"(?<![^\W_])"',
        tests=("tests/test_collation.py",),
        since=SECOND_COUNT,
    ),
    Mutant(
        name="markdown-borrowed-class",
        why="A class in an author's HTML stays if it only starts like an allowed one.",
        file="generator/markdown/sanitise.py",
        old="CLASS.fullmatch(name)",
        new="CLASS.match(name)",
        tests=("tests/test_sanitise.py", "tests/test_markup.py", "tests/test_markup_texts.py"),
        since=SECOND_COUNT,
    ),
    Mutant(
        name="markdown-heading-levels",
        why="A heading after one of the same level is shown one level below it.",
        file="generator/markdown/split.py",
        old="self.levels[-1] >= level",
        new="self.levels[-1] > level",
        tests=("tests/test_markup.py", "tests/test_cases.py", "tests/test_sites.py"),
    ),
    Mutant(
        name="model-order-of-other-fields",
        why="A rule of the model on the order of two dates may name fields that hold no date.",
        file="generator/model/model_rules.py",
        old="""\
            elif field.kind != "date":
                self.refuse(part, "order", f"'{path}' in 'order' is not a date")
""",
        new="",
        tests=("tests/test_declare.py", "tests/test_sites_invalid.py", "tests/test_checks.py"),
    ),
    Mutant(
        name="value-address-with-user",
        why="A web address with a user's name before the host is taken: https://bank@evil.example.",
        file="generator/model/scalars.py",
        old=" and not parts.username",
        new="",
        tests=("tests/test_kinds.py", "tests/test_parse.py", "tests/test_formats.py"),
    ),
    # ---- checks --------------------------------------------------------------------------------
    Mutant(
        name="check-same-date-is-later",
        why="Two equal dates are told as if the first were after the second.",
        file="generator/records/checks/declared.py",
        old="date[:precision] > than[:precision]",
        new="date[:precision] >= than[:precision]",
        tests=("tests/test_checks.py", "tests/test_cases.py", "tests/test_sites_invalid.py"),
    ),
    Mutant(
        name="check-translation-one-way",
        why="An original may print a name that its translation hides.",
        file="generator/library/cross_record_checks.py",
        old="            yield from _exposed_names(other, one, model)\n",
        new="",
        tests=("tests/test_cases.py", "tests/test_between.py", "tests/test_privacy.py"),
        since=SECOND_COUNT,
    ),
    # ---- privacy -------------------------------------------------------------------------------
    Mutant(
        name="privacy-consent-of-the-record-above",
        why="A name deeper inside an entry without consent is printed.",
        file="generator/records/privacy/withholding.py",
        old="field.besides, anonymous=withheld)",
        new="field.besides, anonymous=anonymous)",
        tests=(
            "tests/test_privacy.py",
            "tests/test_checks.py",
            "tests/test_cases.py",
            "tests/test_sites.py",
        ),
        since=SECOND_COUNT,
    ),
    Mutant(
        name="privacy-mail-in-square-brackets",
        why="A text whose only sign of an e-mail address is [at] is not searched.",
        file="generator/records/privacy/contacts.py",
        old='    "]": ("at]",),',
        new='    "]": (),',
        tests=("tests/test_privacy.py", "tests/test_sites_invalid.py", "tests/test_cases.py"),
    ),
    Mutant(
        name="privacy-words-about-a-withheld-record",
        why="What a record says about a withheld record is published, though the pointer is not.",
        file="generator/library/published.py",
        old="return None if field.key in item and field.key not in rest else rest",
        new="return rest",
        tests=("tests/test_collect.py", "tests/test_privacy.py", "tests/test_sites.py"),
    ),
    # ---- links, the library --------------------------------------------------------------------
    Mutant(
        name="link-hint-from-the-wrong-folder",
        why="The hint for a broken link names the file from the root, not from the author's file.",
        file="generator/library/broken_links.py",
        old="return _relative(path, file) if file",
        new="return file if file",
        tests=("tests/test_links.py", "tests/test_sites_invalid.py", "tests/test_bounds.py"),
    ),
    Mutant(
        name="library-terms-of-a-translation",
        why="A translation has terms by case, though no term lists the translation.",
        file="generator/library/collect.py",
        old="terms[case.id] = {}",
        new="terms[case.id] = reader.read(case).terms",
        tests=("tests/test_properties.py", "tests/test_collect.py", "tests/test_sites.py"),
    ),
    # ---- numbers -------------------------------------------------------------------------------
    Mutant(
        name="matrix-by-group-without-groups",
        why="The first table of a matrix shows single terms where groups should stand.",
        file="generator/analysis/crosstab.py",
        old="frozenset(vocabulary.tops if by_group else vocabulary.fine)",
        new="frozenset(vocabulary.fine if by_group else vocabulary.fine)",
        tests=("tests/test_matrix.py", "tests/test_groups.py"),
    ),
    Mutant(
        name="tally-month-on-the-day",
        why="On the very day of the month a record counts as one month younger.",
        file="generator/analysis/tally.py",
        old="today.day < last.day",
        new="today.day <= last.day",
        tests=("tests/test_tally.py", "tests/test_gaps.py", "tests/test_report.py"),
    ),
    Mutant(
        name="related-word-of-the-other-record",
        why="A record that names another without saying why is shown with the other's reason.",
        file="generator/analysis/related.py",
        old='mine.get(other) or ("" if other in mine else theirs.get(other, ""))',
        new='mine.get(other) or theirs.get(other, "")',
        tests=("tests/test_related.py", "tests/test_formats.py", "tests/test_sites.py"),
        since=SECOND_COUNT,
    ),
    Mutant(
        name="gaps-stale-a-month-late",
        why="A record becomes stale after 25 months without an update, not after 24.",
        file="generator/analysis/gaps.py",
        old="(aged.age.months or 0) >= STALE",
        new="(aged.age.months or 0) > STALE",
        tests=("tests/test_gaps.py", "tests/test_tally.py", "tests/test_report.py"),
        since=SECOND_COUNT,
    ),
    Mutant(
        name="matrix-of-a-facet-by-itself",
        why="A matrix of a facet by itself asks for two terms in one entry, which has only one.",
        file="generator/analysis/crosstab.py",
        old=" and rows.name != columns.name",
        new="",
        tests=("tests/test_matrix.py", "tests/test_properties.py", "tests/test_evidence_map.py"),
        since=SECOND_COUNT,
    ),
    Mutant(
        name="responses-only-those-that-worked",
        why="Where a page shows some responses only, those that did not work have no room.",
        file="generator/pages/entries.py",
        old="ranked.append((turns[result], index))",
        new="ranked.append((index, index))",
        tests=("tests/test_responses.py", "tests/test_long_lists.py", "tests/test_challenges.py"),
    ),
    Mutant(
        name="meeting-numbers-of-terms",
        why="The page before a meeting counts terms, where it names their groups.",
        file="generator/pages/meeting.py",
        old="by_top[[claim.term, *vocabulary.ancestors(claim.term)][-1]].append(claim)",
        new="by_top[claim.term].append(claim)",
        tests=("tests/test_meeting.py",),
        since=SECOND_COUNT,
    ),
    Mutant(
        name="pages-an-empty-last-one",
        why="A long list that just fills its pages gets one more page, which is empty.",
        file="generator/pages/pagination.py",
        old="max(1, -(-total // size))",
        new="total // size + 1",
        tests=("tests/test_long_lists.py", "tests/test_news.py", "tests/test_timeline.py"),
        since=SECOND_COUNT,
    ),
    # ---- what comes out ------------------------------------------------------------------------
    Mutant(
        name="csv-formula-inside-a-cell",
        why="A cell that starts with a letter keeps a formula after a semicolon or a line break.",
        file="generator/exports/tables.py",
        old=" and not _SPLITS.search(cell)",
        new="",
        tests=("tests/test_formats.py", "tests/test_typed.py", "tests/test_report.py"),
    ),
    Mutant(
        name="schema-needs-too-much",
        why="The JSON Schema asks for a field that is not needed where another field says so.",
        file="generator/exports/schema.py",
        old=" if field.alternative or not field.applies_unless]",
        new="]",
        tests=("tests/test_formats.py", "tests/test_docs.py", "tests/test_sites.py"),
        since=SECOND_COUNT,
    ),
    Mutant(
        name="colours-too-pale-in-the-dark",
        why="With a dark scheme the quiet words are too pale to be read.",
        file="templates/assets/casebook.css",
        old="    --quiet: #b8afab;",
        new="    --quiet: #6f6764;",
        tests=("tests/test_accessible.py",),
        browser=True,
    ),
    Mutant(
        name="policy-without-base",
        why="The policy of a page allows a <base>, which would lead every link elsewhere.",
        file="generator/pages/render.py",
        old="base-uri 'none'; ",
        new="",
        tests=("tests/test_pages.py", "tests/test_sites.py", "tests/test_plugin.py"),
        since=SECOND_COUNT,
    ),
    Mutant(
        name="output-longer-file-is-the-same",
        why="A long file that grew at its end counts as unchanged, and the old one stays.",
        file="generator/output/write_batch.py",
        old=" and status.st_size == new.lstat().st_size",
        new="",
        tests=("tests/test_write.py", "tests/test_disk.py"),
    ),
    # ---- building again ------------------------------------------------------------------------
    Mutant(
        name="cache-keeps-hidden-names",
        why="A record with names to hide is kept in the cache, which others may read.",
        file="generator/build/parse_cases.py",
        old=" and not any(hidden_entries(values, model))",
        new="",
        tests=("tests/test_cache.py", "tests/test_privacy.py", "tests/test_poisoned.py"),
    ),
    Mutant(
        name="cache-of-all-records-after-one-was-withheld",
        why="After a first record is withheld the cache still holds what was kept of all records.",
        file="generator/build/recall.py",
        old="            self.memory.forget(COLLECTION)\n",
        new="",
        tests=("tests/test_cache.py",),
        since=SECOND_COUNT,
    ),
    Mutant(
        name="cache-keeps-pages-that-are-gone",
        why="The pages of a record that was withheld stay in the cache.",
        file="generator/store/page_store.py",
        old="        for name in stats.keys() - frozenset(names):\n",
        new="        for name in stats.keys() - stats.keys():\n",
        tests=("tests/test_cache.py", "tests/test_poisoned.py"),
    ),
    Mutant(
        name="cache-notes-without-a-seal",
        why="What another hand wrote about the last build is believed.",
        file="generator/store/last_build.py",
        old='return (stored[:SIZE].hex(), stored[SIZE:]) if sound else ("", b"")',
        new="return stored[:SIZE].hex(), stored[SIZE:]",
        tests=("tests/test_poisoned.py", "tests/test_seal.py", "tests/test_cache.py"),
    ),
    Mutant(
        name="cache-pages-of-other-bytes",
        why="A kept page whose bytes are not those that its name stands for is published.",
        file="generator/store/page_store.py",
        old="[name for name in names if self._digest(name) == name]",
        new="list(names)",
        tests=("tests/test_poisoned.py", "tests/test_seal.py", "tests/test_killed.py"),
    ),
    Mutant(
        name="again-a-file-with-its-old-time",
        why="A file that was changed and given back its size and time counts as unchanged.",
        file="generator/store/input_files.py",
        old="times = status.st_mtime_ns, status.st_ctime_ns",
        new="times = status.st_mtime_ns, status.st_mtime_ns",
        tests=("tests/test_poisoned.py", "tests/test_preview.py", "tests/test_again.py"),
    ),
    Mutant(
        name="again-a-question-that-is-not-noted",
        why="A page made of an answer that another page asked for before is not made again.",
        file="generator/library/questions.py",
        old="""\
        number, answer = given or recorder.answer((name, *arguments), function, library)
        recorder.asked.add(number)
""",
        new="""\
        if given:
            return given[1]
        number, answer = recorder.answer((name, *arguments), function, library)
        recorder.asked.add(number)
""",
        tests=("tests/test_again.py", "tests/test_cache.py", "tests/test_preview.py"),
    ),
    Mutant(
        name="again-answers-that-are-not-compared",
        why="A page stays as it was though an answer that it is made of is another.",
        file="generator/library/questions.py",
        old=" or now[n].digest != known[n].digest",
        new="",
        tests=("tests/test_again.py", "tests/test_cli.py", "tests/test_poisoned.py"),
    ),
    Mutant(
        name="again-a-page-that-asks-nothing",
        why="A page that only says where its record has gone stays as it was when that changes.",
        file="generator/build/remake.py",
        old="before is None or before.identity != page.identity",
        new="before is None",
        tests=("tests/test_cache.py", "tests/test_again.py"),
    ),
    Mutant(
        name="again-parts-of-data-files",
        why="A part of a data file is taken from the old one though its record is another.",
        file="generator/build/data_files.py",
        old="opened is not None and before is not None and kept.keeps(before.asked)",
        new="opened is not None and before is not None",
        tests=("tests/test_again.py", "tests/test_poisoned.py"),
    ),
    Mutant(
        name="again-with-other-options",
        why="A build with another as-of date leaves the site of the last one.",
        file="generator/build/recall.py",
        old="as_of, options.csp, inputs.digest]",
        new="options.csp, inputs.digest]",
        tests=("tests/test_again.py", "tests/test_cli.py", "tests/test_killed.py"),
    ),
    Mutant(
        name="again-a-link-to-a-heading-that-is-gone",
        why="A heading to which another record links can be renamed without a word about the link.",
        file="generator/library/edited_links.py",
        old="            if page in pointed_at\n",
        new="            if not page\n",
        tests=("tests/test_cache.py", "tests/test_again.py"),
        since=SECOND_COUNT,
    ),
    # ---- ways in -------------------------------------------------------------------------------
    Mutant(
        name="plugin-title-unescaped",
        why="Under a theme of MkDocs's the title of a record is put into the page as HTML.",
        file="generator/hosts/plugin.py",
        old="_Escaped(html.escape(text))",
        new="_Escaped(text)",
        tests=("tests/test_plugin.py", "tests/test_typed.py"),
        browser=True,
    ),
    Mutant(
        name="settings-site-inside-the-templates",
        why="A site may be built into a folder of the templates.",
        file="generator/hosts/config.py",
        old=" or second in first.parents",
        new="",
        tests=("tests/test_config.py", "tests/test_sites_invalid.py", "tests/test_cli.py"),
    ),
    Mutant(
        name="cli-exit-code-of-the-system",
        why="A build that cannot read a file blames the content: exit code 1, not 2.",
        file="generator/cli/main.py",
        old="assembly.misconfigured or refused_file(problems)",
        new="assembly.misconfigured",
        tests=("tests/test_cli.py", "tests/test_disk.py", "tests/test_read.py"),
    ),
    Mutant(
        name="new-asks-for-the-second-of-two",
        why="Where either of two fields will do, a blank record asks for the second.",
        file="generator/model/scaffold.py",
        old="names.index(other.name) < names.index(field.name)",
        new="names.index(other.name) > names.index(field.name)",
        tests=("tests/test_scaffold.py", "tests/test_docs.py", "tests/test_cli.py"),
        since=SECOND_COUNT,
    ),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How tests ended: the first that failed, empty where all pass; the seconds they took."""

    failure: str
    seconds: float


Durations = Mapping[tuple[str, bool], float]
"""How many seconds tests take without a mistake, by their name and whether they open pages."""


def main() -> None:
    """Run the command: exit with 1 where a mutant survives, or where nothing can be measured."""
    parser = argparse.ArgumentParser(description="Break the code, and count what the tests notice.")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only these mutants")
    parser.add_argument("--list", action="store_true", help="say what each mutant is, and stop")
    options = parser.parse_args()
    mutants = mutants_named(options.only)
    require_fit(mutants)
    if options.list:
        print("\n".join(f"{mutant.name}\n    {mutant.why}" for mutant in mutants))
        return
    begin = time.monotonic()
    durations = run_unbroken(mutants)
    survivors = [mutant for mutant in mutants if not run_broken(mutant, durations)]
    print(f"caught {summary(mutants, survivors)}, in {time.monotonic() - begin:.0f} s")
    if survivors:
        sys.exit(f"survived: {', '.join(mutant.name for mutant in survivors)}")


def summary(mutants: Sequence[Mutant], survivors: Sequence[Mutant]) -> str:
    """Return how many of some mutants are caught: those of the first count, and the others."""
    old = [mutant for mutant in mutants if mutant.since == FIRST_COUNT]
    old_caught = [mutant for mutant in old if mutant not in survivors]
    others = len(mutants) - len(old)
    caught = len(mutants) - len(survivors) - len(old_caught)
    return (
        f"{len(old_caught)} of {len(old)} that the first count caught, {caught} of {others} others"
    )


def mutants_named(names: Sequence[str] | None) -> list[Mutant]:
    """Return the mutants of these names, in the order of the table; all where none is given."""
    unknown = set(names or ()) - {mutant.name for mutant in MUTANTS}
    if unknown:
        sys.exit(f"there is no mutant '{min(unknown)}': see --list")
    return [mutant for mutant in MUTANTS if not names or mutant.name in names]


def require_fit(mutants: Sequence[Mutant]) -> None:
    """Exit with 1 unless each mutant fits the code, and its tests are there."""
    for mutant in mutants:
        file = ROOT / mutant.file
        count = file.read_text("utf-8").count(mutant.old) if file.is_file() else 0
        if count != 1:
            sys.exit(f"{mutant.name}: {mutant.file} holds its old text {count} times, not once")
        for test in mutant.tests:
            if not (ROOT / test.partition("::")[0]).is_file():
                sys.exit(f"{mutant.name}: there is no test {test}")


def run_unbroken(mutants: Sequence[Mutant]) -> Durations:
    """Return how long the named tests take without a mistake; exit with 1 where one fails.

    Each file runs in a process of its own, here and with a mistake. So what passes here and fails
    there fails because of the mistake, and not because of the tests before it.
    """
    wanted = dict.fromkeys((test, mutant.browser) for mutant in mutants for test in mutant.tests)
    durations: dict[tuple[str, bool], float] = {}
    with project_copy() as copy:
        for test, browser in wanted:
            outcome = run_tests(copy, test, browser=browser, patience=None)
            if outcome.failure:
                sys.exit(f"{outcome.failure} fails without a mistake, so it cannot notice any")
            durations[test, browser] = outcome.seconds
    total = sum(durations.values())
    print(f"without a mistake: {len(wanted)} test files pass, in {total:.0f} s", flush=True)
    return durations


def run_broken(mutant: Mutant, durations: Durations) -> bool:
    """Return whether a test notices a mutant; print a line about it."""
    seconds, failure = 0.0, ""
    with project_copy() as copy:
        file = copy / mutant.file
        file.write_text(file.read_text("utf-8").replace(mutant.old, mutant.new), "utf-8")
        for test in mutant.tests:
            patience = PATIENCE + PATIENCE_PER_SECOND * durations[test, mutant.browser]
            outcome = run_tests(copy, test, browser=mutant.browser, patience=patience)
            seconds, failure = seconds + outcome.seconds, outcome.failure
            if failure:
                break
    verdict = f"caught by {failure}" if failure else f"SURVIVED {' '.join(mutant.tests)}"
    print(f"{mutant.name}: {verdict} ({seconds:.1f} s)", flush=True)
    return bool(failure)


@contextmanager
def project_copy() -> Iterator[Path]:
    """Give a fresh copy of the project, without what is compiled; delete it afterwards."""

    def left_out(folder: str, names: list[str]) -> list[str]:
        top = Path(folder) == ROOT
        return [n for n in names if n == "__pycache__" or (top and NOT_COPIED.fullmatch(n))]

    with TemporaryDirectory(prefix="mutant-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder, "project")
        shutil.copytree(ROOT, copy, symlinks=True, ignore=left_out)
        yield copy


def run_tests(copy: Path, test: str, *, browser: bool, patience: float | None) -> Outcome:
    """Return what pytest says of some tests in a copy of the project.

    A run that takes longer than `patience` seconds counts as failed. Exit with 1 where pytest runs
    no test at all.
    """
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    command += ["--hypothesis-seed=0", f"--basetemp={copy.parent / 'temporary'}", test]
    command += [] if browser else ["-m", "not browser"]
    # where CI is set, a browser that is not there is a failure: a test that is skipped protects
    # nothing
    environment = {**os.environ, "PYTHONPATH": str(copy), "CI": "true"}
    log = copy.parent / "log"
    begin = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=copy,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code = process.wait(patience)
        except subprocess.TimeoutExpired:
            return Outcome(f"{test}, which ran out of time", time.monotonic() - begin)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)  # with the processes that tests started
                process.wait()
    seconds = time.monotonic() - begin
    output = log.read_text("utf-8", "replace")
    if code not in {PASSED, FAILED, UNREADABLE}:
        sys.exit(f"pytest cannot run {test}:\n{output}")
    first = _FIRST_FAILURE.search(output)
    failure = first[1] if first else test
    return Outcome("" if code == PASSED else failure, seconds)


if __name__ == "__main__":
    main()
