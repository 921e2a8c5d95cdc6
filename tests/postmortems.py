"""A record model from another field than the shipped one, for tests that read records."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from generator import yaml_nodes
from generator.base.problem import Problem
from generator.model import load_model, vocabulary
from generator.model.declaration import ProblemCollector
from generator.model.organisation import Organisation
from generator.model.record import Model
from generator.model.vocabulary import Vocabulary
from generator.records.parse import Parsed, parse
from generator.records.read_file import SourceText

RECORD = "content/record.yml"

CARE = Organisation("CARE")
"""Whose the shipped model is in tests; no other model has a place for the name."""

MODEL = """\
name: post-mortem
plural: post-mortems
folder: incidents
types:
  field: size
  kinds:
    note: {needs: []}
    report: {needs: [report]}
    drill: {needs: [], counts: false}
strength:
  sources: logs
  kind: kind
  independent: external
  rivals: otherwise
  levels: [none, own, one, two, all]
sections:
  - {id: facts, title: Facts, place: panel}
card: {above: [systems], below: [began]}
occurs_with: [systems]
fields:
  title: {kind: line, role: title, need: always, max: 40, label: Title, help: Say it, example: Up}
  size: {kind: term, vocabulary: size, role: type, label: Size, help: How long.}
  access: {kind: term, vocabulary: access, role: visibility, label: Access, help: Who reads it.}
  began: {kind: date, precision: day, need: report, section: facts, label: Began, help: A day.}
  ended: {kind: date, label: Ended, help: A date.}
  systems:
    kind: term
    vocabulary: systems
    many: yes
    facet: yes
    noun: system
    need: always
    label: Systems
    help: What broke.
    example: Postgres
  reporter: {kind: line, personal: yes, label: Reporter, help: Who saw it.}
  vendors:
    kind: record
    many: yes
    key: name
    facet: yes
    besides: us
    label: Vendors
    help: Who else.
    fields:
      name: {kind: term, vocabulary: vendors, need: always, private: yes, label: Name, help: N.}
      agreed: {kind: term, vocabulary: answer, role: consent, label: Agreed, help: To be named.}
      paid: {kind: term, vocabulary: answer, label: Paid, help: Whether.}
  contributing_factors:
    kind: record
    many: yes
    key: factor
    layout: claims
    need: report
    or: no_factor
    label: Contributing factors
    help: What led to it.
    fields:
      factor: {kind: term, vocabulary: factors, need: always, label: Factor, help: F.}
      what: {kind: text, lead: yes, label: What, help: W.}
      otherwise: {kind: text, label: Otherwise, help: O.}
      fixed: {kind: term, vocabulary: answer, need: report, label: Fixed, help: X.}
      logs: {kind: source, many: yes, label: Logs, help: L.}
      steps:
        kind: record
        many: yes
        label: Steps
        help: What was done.
        fields:
          at: {kind: date, need: always, label: At, help: When.}
          until: {kind: date, label: Until, help: When.}
          link: {kind: url, source_link: yes, label: Link, help: Where.}
  no_factor: {kind: text, label: No factor, help: Why none.}
  answers:
    kind: record
    many: yes
    key: question
    value: said
    layout: answers
    score: {of: said, noun: question, plural: questions}
    label: Answers
    help: Three.
    fields:
      question: {kind: term, vocabulary: questions, need: always, label: Question, help: Q.}
      said: {kind: term, vocabulary: answer, label: Said, help: S.}
  see: {kind: case, many: yes, label: See, help: Other ones.}
  logs:
    kind: record
    many: yes
    label: Logs
    help: Where it is written.
    fields:
      id: {kind: slug, need: always, label: Id, help: I.}
      kind: {kind: term, vocabulary: log_kind, label: Kind, help: K.}
      external: {kind: term, vocabulary: answer, label: External, help: E.}
      url: {kind: url, source_link: yes, label: Address, help: A.}
checks:
  - order: [began, ended]
  - order: [contributing_factors.steps.at, contributing_factors.steps.until]
  - code: paid-in-a-drill
    when: {size: drill}
    at: [vendors.paid]
    refuses: ['yes']
    message: "'{value}' is paid for a drill"
    hint: take it out
  - code: open-to-all
    severity: warning
    when: {access: public, systems: postgres}
    unless_all: {vendors.agreed: ['yes']}
    at: [systems]
    message: a database in public
"""


def terms(*ids: str, open_: bool = False, more: str = "") -> str:
    """Return a vocabulary file with those terms, each labelled by its id."""
    listed = "".join(f"  - {{id: '{id_}', label: '{id_.capitalize()}'}}\n" for id_ in ids)
    return f"title: Terms\nopen: {'yes' if open_ else 'no'}\nterms:\n{listed}{more}"


VOCABULARIES = {
    "size": terms("note", "report", "drill"),
    "access": terms("public", "internal", "anonymised"),
    "systems": terms(
        "stores",
        "queue",
        more="""\
  - {id: postgres, label: PostgreSQL, broader: stores, synonyms: [pg, the database],
     labels: {fr: Base Postgres, km: ប៉ុស្តក្រេស}, former_ids: [postgresql-server]}
""",
    ),
    "vendors": terms(
        "us",
        open_=True,
        more="""\
  - {id: acme, label: Acme Cloud (ACL), synonyms: [Acme Inc], labels: {fr: Nuage Acmé}}
""",
    ),
    "factors": terms("deploy", "load", "expired-certificate"),
    "answer": terms("yes", "no", "partly"),
    "questions": terms("alarm", "rollback", "runbook"),
    "log_kind": terms("chat", "trace", "ticket"),
}


def vocabularies(
    texts: Mapping[str, str], languages: tuple[str, ...] = ("en", "fr")
) -> tuple[dict[str, Vocabulary], list[Problem]]:
    """Return vocabularies from the texts of their files, and what is wrong with them."""
    found, problems = {}, []
    for name, text in texts.items():
        path = f"content/vocabulary/{name}.yml"
        composed = yaml_nodes.compose(text, path=path)
        findings = ProblemCollector(path, list(composed.problems))
        if composed.node is not None:
            node = CARE.named_in(composed.node, findings)
            found[name] = vocabulary.load_vocabulary(name, node, path, languages, findings)
        problems += findings.problems
    return found, problems


def declared(text: str = MODEL, **changed: str) -> tuple[Model | None, list[Problem]]:
    """Return the model that a text declares, and what is wrong with it or its vocabularies."""
    return declared_by(CARE, text, changed)


def declared_by(
    organisation: Organisation, text: str = MODEL, changed: Mapping[str, str] = MappingProxyType({})
) -> tuple[Model | None, list[Problem]]:
    """Return the model that a text declares as that of an organisation, and what is wrong."""
    known, problems = vocabularies({**VOCABULARIES, **changed})
    composed = yaml_nodes.compose(text, path=RECORD)
    findings = ProblemCollector(RECORD, list(composed.problems))
    node = composed.node and organisation.named_in(composed.node, findings)
    made = None if node is None else load_model.load_model(node, known, findings, organisation)
    return made, [*problems, *findings.problems]


def model(text: str = MODEL) -> Model:
    """Return a model that nothing is wrong with."""
    made, problems = declared(text)
    assert made is not None, problems
    return made


def record(text: str, *, path: str = "content/incidents/one.md", of: Model | None = None) -> Parsed:
    """Return what comes of a record's file, whose access is public if it does not say."""
    return parse(SourceText(path, text), of or model(), {"visibility": "public"})


def front(fields: str, body: str = "", *, name: str = "one") -> Parsed:
    """Return what comes of a note with those fields; what broke is added after them if need be."""
    more = "" if "systems:" in fields else "systems: queue\n"
    text = f"---\ntitle: One\n{fields}\n{more}---\n{body}"
    return record(text, path=f"content/incidents/{name}.md")
