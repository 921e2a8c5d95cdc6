"""What changed between two editions of a library: records, terms, evidence, findings.

In come two libraries as `data/library.json` has them. Out comes one mapping of plain data, whose
keys are those of the documentation; `lines_of_diff` makes text or Markdown of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

Dump = Mapping[str, Any]

INDEPENDENT: Final = 2
"""From this strength on a claim has a source from outside the partnership."""

_NO_RECORDS: Final = frozenset({"examples", "facets", "vocabularies", "findings", "moved"})


def edition_diff(old: Dump, new: Dump) -> dict[str, Any]:
    """Return what changed from one edition to another; each list is empty where nothing did."""
    return {
        "old": _edition(old),
        "new": _edition(new),
        "records": _record_changes(old, new),
        "terms": list(_term_changes(old, new)),
        "evidence": list(_evidence_changes(old, new)),
        "findings": list(_finding_changes(old, new)),
    }


def is_same(diff: Mapping[str, Any]) -> bool:
    """Return whether nothing changed."""
    lists = (*diff["records"].values(), diff["terms"], diff["evidence"], diff["findings"])
    return not any(lists)


def records_of(dump: Dump) -> dict[str, dict[str, Any]]:
    """Return the records of a library by id; indicative examples are not among them.

    Raises KeyError where this is no library of ours.
    """
    (name,) = (
        key for key, value in dump.items() if isinstance(value, list) and key not in _NO_RECORDS
    )
    return {record["id"]: record for record in dump[name]}


def _edition(dump: Dump) -> dict[str, Any]:
    return {name: dump[name] for name in ("site", "as_of", "counted")}


def _title(record: Mapping[str, Any]) -> str:
    title = record["values"].get("title", record["id"])
    return title if isinstance(title, str) else str(record["id"])


def _record_changes(old: Dump, new: Dump) -> dict[str, list[dict[str, Any]]]:
    before, after, moved = records_of(old), records_of(new), new.get("moved", {})
    went = [id_ for id_ in before if id_ not in after]
    renamed = {id_: moved[id_] for id_ in went if moved.get(id_) in after}
    targets = set(renamed.values())
    pairs = {id_: id_ for id_ in before if id_ in after} | renamed
    changed = (
        (id_, fields)
        for former, id_ in sorted(pairs.items(), key=lambda pair: pair[1])
        if (fields := _changed_fields(before[former], after[id_]))
    )
    return {
        "came": [_named(after[i]) for i in after if i not in before and i not in targets],
        "went": [_named(before[id_]) for id_ in went if id_ not in renamed],
        "moved": [{"from": a, "to": b, "title": _title(after[b])} for a, b in renamed.items()],
        "changed": [{**_named(after[id_]), "fields": fields} for id_, fields in changed],
    }


def _named(record: Mapping[str, Any]) -> dict[str, str]:
    return {"id": record["id"], "title": _title(record)}


def _changed_fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields that say something else; `text` is the text below them."""
    before, after = old["values"], new["values"]
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return [*names, "text"] if old["text"] != new["text"] else names


def _cases_by_term(dump: Dump) -> dict[tuple[str, str], set[str]]:
    return {
        (facet["name"], term["id"]): set(term["cases"])
        for facet in dump["facets"]
        for term in facet["terms"]
    }


def _term_changes(old: Dump, new: Dump) -> Iterator[dict[str, Any]]:
    """Yield each term that other cases name now than before; a renamed case is no other case."""
    moved = new.get("moved", {})
    before, after = _cases_by_term(old), _cases_by_term(new)
    for facet, term in sorted({*before, *after}):
        was = {moved.get(id_, id_) for id_ in before.get((facet, term), ())}
        now = after.get((facet, term), set())
        if was != now:
            yield {
                "facet": facet,
                "term": term,
                "old": len(was),
                "new": len(now),
                "came": sorted(now - was),
                "went": sorted(was - now),
            }


def _evidence(dump: Dump) -> dict[tuple[str, str], tuple[set[str], set[str]]]:
    """Return for each claimed term the cases that claim it, and those with an outside source."""
    evidence_of: dict[tuple[str, str], tuple[set[str], set[str]]] = defaultdict(
        lambda: (set(), set())
    )
    for id_, record in records_of(dump).items():
        for claim in record["computed"]["claims"] if record["computed"]["counted"] else ():
            if claim.get("term") and "strength" in claim:
                claiming, independent = evidence_of[claim["field"], claim["term"]]
                claiming.add(id_)
                if claim["strength"] >= INDEPENDENT:
                    independent.add(id_)
    return evidence_of


def _evidence_changes(old: Dump, new: Dump) -> Iterator[dict[str, Any]]:
    """Yield the claimed terms that more or fewer cases show with a source from outside."""
    before, after = _evidence(old), _evidence(new)
    for field, term in sorted({*before, *after}):
        was, now = before.get((field, term)), after.get((field, term))
        numbers = [len(each[1]) if each else 0 for each in (was, now)]
        if numbers[0] != numbers[1]:
            yield {
                "field": field,
                "term": term,
                "change": "strengthened" if numbers[1] > numbers[0] else "weakened",
                "old": {"cases": len(was[0]) if was else 0, "independent": numbers[0]},
                "new": {"cases": len(now[0]) if now else 0, "independent": numbers[1]},
            }


def _finding_changes(old: Dump, new: Dump) -> Iterator[dict[str, Any]]:
    """Yield the findings of which a rule came, went or fits other cases, or cases now disagree."""
    before = {(each["outcome"], tuple(each["by"])): each for each in old.get("findings", ())}
    for each in new.get("findings", ()):
        was = before.get((each["outcome"], tuple(each["by"])))
        changes = list(_changes_of_finding(was, each)) if was else []
        if changes:
            yield {"outcome": each["outcome"], "by": each["by"], "changes": changes}


def _changes_of_finding(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    known = [_sides(each) for each in was["contradictions"]]
    for pair in now["contradictions"]:
        if _sides(pair) not in known:
            yield {"change": "contradicted", "with": pair["with"], "without": pair["without"]}
    old_rules = {rule["rule"]: rule["cases"] for rule in was["rules"]}
    new_rules = {rule["rule"]: rule["cases"] for rule in now["rules"]}
    for rule, cases in new_rules.items():
        if rule not in old_rules:
            yield {"change": "newly possible", "rule": rule, "cases": cases}
        elif len(cases) != len(old_rules[rule]):
            stronger = len(cases) > len(old_rules[rule])
            change = "strengthened" if stronger else "weakened"
            yield {"change": change, "rule": rule, "cases": cases}
    for rule, cases in old_rules.items():
        if rule not in new_rules:
            yield {"change": "no longer possible", "rule": rule, "cases": cases}


def _sides(pair: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(pair["with"]), tuple(pair["without"])


def lines_of_diff(diff: Mapping[str, Any], *, markdown: bool) -> Iterator[str]:
    """Yield the lines of a comparison for a person, as plain text or as Markdown."""
    head = "## " if markdown else ""
    old, new = diff["old"], diff["new"]
    yield (
        f"{head}{old['site']}, {old['as_of']} ({old['counted']} counted)"
        f" to {new['as_of']} ({new['counted']} counted)"
    )
    if is_same(diff):
        yield from ("", "nothing changed")
    for title, rows in (
        ("came", map(_record_line, diff["records"]["came"])),
        ("went", map(_record_line, diff["records"]["went"])),
        ("renamed", (f"{each['from']} is now {each['to']}" for each in diff["records"]["moved"])),
        ("changed", map(_changed_line, diff["records"]["changed"])),
        ("terms that other cases name", map(_term_line, diff["terms"])),
        ("evidence", map(_evidence_line, diff["evidence"])),
        ("findings", _finding_lines(diff["findings"])),
    ):
        yield from _block(title, rows, markdown=markdown)


def _block(title: str, rows: Iterable[str], *, markdown: bool) -> Iterator[str]:
    lines = list(rows)
    if lines:
        yield ""
        yield f"### {title[:1].upper()}{title[1:]}" if markdown else f"{title}:"
        yield from ([""] if markdown else [])
        yield from (f"- {_escaped(line) if markdown else line}" for line in lines)


_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|#"})


def _escaped(line: str) -> str:
    """Return a line in which nothing that an author typed is read as Markdown."""
    return line.translate(_SIGNS)


def _record_line(record: Mapping[str, str]) -> str:
    return f"{record['id']}: {record['title']}"


def _changed_line(record: Mapping[str, Any]) -> str:
    return f"{record['id']}: {', '.join(record['fields'])}"


def _term_line(each: Mapping[str, Any]) -> str:
    signs = [f"+ {id_}" for id_ in each["came"]] + [f"- {id_}" for id_ in each["went"]]
    return f"{each['facet']} {each['term']}: {each['old']} to {each['new']} ({', '.join(signs)})"


def _evidence_line(each: Mapping[str, Any]) -> str:
    old, new = each["old"], each["new"]
    return (
        f"{each['field']} {each['term']} {each['change']}: with a source from outside in"
        f" {old['independent']} of {old['cases']}, now {new['independent']} of {new['cases']}"
    )


def _finding_lines(findings: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for each in findings:
        name = f"{each['outcome']} by {', '.join(each['by'])}"
        for change in each["changes"]:
            if change["change"] == "contradicted":
                sides = f"{', '.join(change['with'])} against {', '.join(change['without'])}"
                yield f"{name} contradicted: {sides}"
            else:
                cases = ", ".join(change["cases"])
                yield f"{name} {change['change']}: {change['rule']} ({cases})"
