"""`data/library.json`: everything that is published, with links in both directions.

There is a line for each case, facet and vocabulary, so that two editions can be compared line by
line, and a part of the file for each line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial

from generator.analysis.findings import finding
from generator.analysis.qca.judgement import fitting, judgement_of
from generator.analysis.qca.literals import notation
from generator.analysis.related import related
from generator.analysis.tally import answer_summaries, missing_paths
from generator.base.site import FindingSetting, Site
from generator.exports.data_file import CASE, Content, DataFile, Part, json_items, json_line
from generator.library import address
from generator.library.collection import Claim
from generator.library.library import Library
from generator.library.links import body_with_links
from generator.model.record import Field
from generator.model.value import UNKNOWN, Value

FORMAT = 1
"""The version of the form; it changes when a reader of the old form would misread the new one."""


def library_json(library: Library, site: Site) -> Iterator[DataFile]:
    """Yield the library as JSON; what the site computed is under `computed`."""
    yield DataFile(
        path="data/library.json",
        what=library.locale.gettext("Everything: records, terms, links in both directions"),
        parts=tuple(_parts(library, site)),
        for_programs=True,
    )


def _parts(library: Library, site: Site) -> Iterator[Part]:
    """Yield the parts: what is said of the whole, then four lists, findings, the former ids."""
    model = library.model
    case = partial(_case, library)
    examples = set(library.examples)
    examples |= {other for id_ in library.examples for other in library.translations(id_)}
    lists = {
        model.folder: json_items(CASE, [c for c in library.ids if c not in examples], case),
        "examples": json_items(CASE, [c for c in library.ids if c in examples], case),
        "facets": json_items("facet", model.facets, partial(_facet, library)),
        "vocabularies": json_items("vocabulary", model.vocabularies, partial(_vocabulary, library)),
    }
    yield Part("head", partial(_head, library, site))
    for name, items in lists.items():
        yield Part(f"begin/{name}", partial(_begin, name))
        yield from items
        yield Part(f"end/{name}", partial(Content, b"\n]"))
    if site.findings:
        yield Part("findings", partial(_findings, library, site))
    yield Part("moved", partial(_moved, library))


def _head(library: Library, site: Site) -> Content:
    values = {
        "format": FORMAT,
        "site": site.name,
        "as_of": library.as_of,
        "licence": site.licence,
        "counted": library.number_counted,
    }
    lines = (json_line(name) + b":" + json_line(value) for name, value in values.items())
    return Content(b"{\n" + b",\n".join(lines))


def _begin(name: str) -> Content:
    return Content(b",\n" + json_line(name) + b":[")


def _findings(library: Library, site: Site) -> Content:
    values = [_finding(library, setting) for setting in site.findings]
    return Content(b',\n"findings":' + json_line(values))


def _finding(library: Library, setting: FindingSetting) -> dict[str, object]:
    """Return who is compared and who disagrees; `rules` are what the gate lets through."""
    each = finding(library, setting)
    judged = judgement_of(each.data)
    return {
        "outcome": each.data.outcome,
        "by": setting.conditions,
        "with": each.with_outcome,
        "without": each.without_outcome,
        "left_out": each.data.left_out,
        "contradictions": [
            {
                "with": [case.name for case in row.cases if case.has_outcome],
                "without": [case.name for case in row.cases if not case.has_outcome],
            }
            for row in judged.table.contradictions
        ],
        "reasons": judged.reasons,
        "rules": [
            {"rule": notation(term, each.data.conditions), "cases": fitting(term, each.data)}
            for term in judged.shared
        ],
    }


def _moved(library: Library) -> Content:
    return Content(b',\n"moved":' + json_line(dict(library.current_ids)) + b"\n}\n")


def _case(library: Library, id_: str) -> dict[str, object]:
    case = library.case(id_)
    unlinked = (None,) * len(case.body.links)
    return {
        "id": id_,
        "page": address.case(library, id_),
        "values": _with_numbers(case.values, library.model.fields),
        "text": body_with_links(case.body, unlinked, address.case(library, id_)),
        "computed": {
            "counted": library.is_counted(id_),
            "translates": library.original(id_),
            "translations": library.translations(id_),
            "terms": dict(library.terms(id_)),
            "missing": missing_paths(library, id_),
            "answers": {
                name: str(summary.sentence)
                for name, summary in answer_summaries(library, id_).items()
            },
            "claims": [_claim(library, claim) for claim in library.all_claims(id_)],
            "related": [
                {
                    "case": item.case,
                    "named": item.named,
                    "names": item.names,
                    "relation": item.relation,
                    "shared": [{"facet": facet.name, "term": term} for facet, term in item.shared],
                }
                for item in related(library, id_)
            ],
            "words": case.body.words,
        },
    }


def _with_numbers(values: Mapping[str, Value], fields: Mapping[str, Field]) -> dict[str, object]:
    """Return values as JSON has them: numbers as numbers, all else as text."""
    return {name: _json_value(value, fields[name]) for name, value in values.items()}


def _json_value(value: Value, field: Field) -> object:
    if field.kind not in {"number", "record"}:
        return value
    if isinstance(value, list):
        return [_json_value(item, field) for item in value]
    if isinstance(value, dict):
        return _with_numbers(value, field.fields)
    return value if field.kind == "record" or value == UNKNOWN else Decimal(value)


def _claim(library: Library, claim: Claim) -> dict[str, object]:
    entry: dict[str, object] = {
        "field": claim.field,
        "entry": claim.index,
        "term": claim.term,
        "page": address.claim(library, claim),
    }
    if claim.strength is not None:
        entry["strength"] = claim.strength
    return entry


def _facet(library: Library, name: str) -> dict[str, object]:
    facet = library.model.facets[name]
    answer_counts = library.answer_counts(facet.name)
    return {
        "name": facet.name,
        "label": facet.label,
        "vocabulary": facet.vocabulary,
        "page": address.facet(facet),
        "computed": {
            "known": answer_counts.known,
            "unknown": answer_counts.unknown,
            "silent": answer_counts.silent,
        },
        "terms": [
            {
                "id": id_,
                "page": address.term(library, facet, id_),
                "computed": {"cases": library.count(facet.name, id_)},
                "cases": library.cases_naming(facet.name, id_),
                "mentions": library.mentions(facet.name, id_),
                "examples": library.examples_naming(facet.name, id_),
            }
            for id_ in library.model.vocabulary_of(facet).terms
            if library.named(facet.name, id_)
        ],
    }


def _vocabulary(library: Library, name: str) -> dict[str, object]:
    """Return a vocabulary with all its terms; of an open one, those that the glossary lists."""
    vocabulary = library.model.vocabularies[name]
    return {
        "name": name,
        "title": vocabulary.title,
        "definition": vocabulary.definition,
        "open": vocabulary.open,
        "terms": [
            {
                "id": term.id,
                "label": term.label,
                "definition": term.definition,
                "synonyms": term.synonyms,
                "broader": term.broader,
                "labels": dict(term.labels),
                "former_ids": term.former_ids,
            }
            for term in map(vocabulary.with_labels, vocabulary.terms.values())
            if not vocabulary.open or library.is_in_glossary(vocabulary, term.id)
        ],
    }
