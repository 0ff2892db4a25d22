"""The graph as RDF: ORG, schema.org, PROV-O, SKOS and Web Annotation; and SPARQL over it.

An entity is a schema or ORG thing with SKOS labels; a claim a reified statement, derived (PROV-O) from annotations
whose target is a document with a quote and a position selector. The rows are kept in a vocabulary of our own, so
that the way back loses nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

from rdflib import RDF, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import ORG, PROV, RDFS, SDO, SKOS
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue

from .. import vocabulary
from ..errors import StatementFailed, WriteRefused
from ..projection import Projection, Row, canonical

BASE = "urn:ecomap:"
ECO = Namespace("urn:ecomap:vocabulary:")
OA = Namespace("http://www.w3.org/ns/oa#")
FORMATS = {"turtle": "turtle", "json-ld": "json-ld", "trig": "trig"}
CLASSES = {
    "Company": (ORG.FormalOrganization, SDO.Corporation),
    "Organization": (ORG.Organization, SDO.Organization),
    "Product": (SDO.Product,),
    "Region": (SDO.Place,),
    "Market": (SKOS.Concept,),
}
PREDICATES = {
    "subsidiary_of": SDO.parentOrganization,
    "member_of": ORG.memberOf,
    "offers": SDO.makesOffer,
    "operates_in": SDO.areaServed,
    "headquartered_in": SDO.location,
    "part_of": SDO.containedInPlace,
    "affiliated_with": ORG.linkedTo,
}
PARTS = ("documents", "entities", "claims", "evidence", "edges", "same")
Triple = tuple[Any, Any, Any]


def dataset(projection: Projection) -> Dataset:
    """One named graph for what is known, one a document for what it says."""
    found = Dataset()
    for row in projection.entities:
        _add(found.default_graph, _entity(row))
    for row in projection.edges:
        _add(found.default_graph, _edge(row))
    for row in projection.claims:
        _add(found.default_graph, _claim(row))
    for row in projection.documents:
        _add(found.default_graph, _document(row))
    for row in projection.evidence:
        _add(found.graph(_uri("said-in", row["document"])), _annotation(row))
    for row in projection.same:
        key = f"{row['left']}|{row['right']}|{row['outcome']}"
        _add(
            found.default_graph,
            [(_uri("same", key), RDF.type, ECO.same), *_kept(_uri("same", key), "same", row)],
        )
    return found


def serialize(projection: Projection, format: str = "turtle") -> str:
    """Turtle, JSON-LD or TriG; Turtle has no named graphs, so all stand together there."""
    found = dataset(projection)
    graph: Graph = _flat(found) if format == "turtle" else found
    return graph.serialize(format=FORMATS[format])


def parse(text: str, format: str = "turtle") -> Projection:
    """The rows of a text that ``serialize`` wrote."""
    found = Dataset() if format != "turtle" else Graph()
    found.parse(data=text, format=FORMATS[format])
    graph = _flat(found) if isinstance(found, Dataset) else found
    rows = {part: [json.loads(str(o)) for o in graph.objects(None, ECO[f"row-{part}"])] for part in PARTS}
    return Projection(**{part: tuple(sorted(r, key=canonical)) for part, r in rows.items()})


def sparql(projection: Projection, text: str) -> tuple[list[str], list[list[Any]]]:
    """Columns and rows of a SELECT or ASK over the projection; nothing is fetched from anywhere.

    Raises:
        WriteRefused: SERVICE, FROM, an update.
        StatementFailed: not SPARQL.
    """
    try:
        query = prepareQuery(text, initNs=_prefixes())
    except Exception as error:
        if re.match(
            r"\s*(PREFIX[^>]*>\s*)*(LOAD|INSERT|DELETE|CLEAR|DROP|CREATE|COPY|MOVE|ADD|WITH)\b", text, re.I
        ):
            raise WriteRefused("SPARQL here only reads: SELECT or ASK.") from None
        raise StatementFailed(f"This is not SPARQL: {error}") from error
    _refuse_fetching(query.algebra)
    result = _flat(dataset(projection)).query(query)
    if result.type == "ASK":
        return ["answer"], [[bool(result.askAnswer)]]
    if result.type != "SELECT":
        raise StatementFailed("Only SELECT and ASK give a table.")
    columns = [str(v) for v in result.vars or ()]
    return columns, [[_plain(v) for v in row] for row in result]  # type: ignore[union-attr]


def _refuse_fetching(algebra: Any) -> None:
    names: set[str] = set()

    def visit(part: Any) -> None:
        if isinstance(part, CompValue):
            names.add(part.name)
            if dict.get(part, "datasetClause"):
                names.add("FROM")

    traverse(algebra, visitPre=visit)
    if bad := names & {"ServiceGraphPattern", "FROM", "DatasetClause"}:
        raise WriteRefused(f"SPARQL here fetches nothing: {', '.join(sorted(bad))} is refused.")


def _prefixes() -> dict[str, Any]:
    return {"org": ORG, "schema": SDO, "prov": PROV, "skos": SKOS, "oa": OA, "eco": ECO, "rdfs": RDFS}


def _flat(found: Dataset) -> Graph:
    graph = Graph()
    for prefix, namespace in _prefixes().items():
        graph.bind(prefix, namespace)
    for s, p, o, _ in found.quads():
        graph.add((s, p, o))
    return graph


def _add(graph: Graph, triples: Iterator[Triple] | list[Triple]) -> None:
    for triple in triples:
        graph.add(triple)


def _entity(row: Row) -> Iterator[Triple]:
    me = _uri("entity", row["id"])
    for kind in (ECO[row["kind"]], *CLASSES[row["kind"]]):
        yield me, RDF.type, kind
    yield me, SKOS.prefLabel, _text(row["name"])
    yield me, RDFS.label, _text(row["name"])
    for alias in row.get("aliases", ()):
        yield me, SKOS.altLabel, _text(alias)
    yield from _kept(me, "entities", row)


def _edge(row: Row) -> Iterator[Triple]:
    """Symmetric predicates both ways, so that a pattern finds them from either side."""
    left, right = _uri("entity", row["subject"]), _uri("entity", row["object"])
    yield left, ECO[row["predicate"]], right
    if vocabulary.predicate(row["predicate"]).symmetric:
        yield right, ECO[row["predicate"]], left
    if row["predicate"] in PREDICATES:
        yield left, PREDICATES[row["predicate"]], right
    yield from _kept(_uri("edge", f"{row['subject']}|{row['predicate']}|{row['object']}"), "edges", row)


def _claim(row: Row) -> Iterator[Triple]:
    me = _uri("claim", row["id"])
    yield me, RDF.type, RDF.Statement
    yield me, RDF.type, PROV.Entity
    yield me, RDF.subject, _uri("entity", row["subject"])
    yield me, RDF.predicate, ECO[row["predicate"]]
    yield me, RDF.object, _uri("entity", row["object"])
    for key in ("status", "confidence", "since", "until", "detail"):
        if key in row:
            yield me, ECO[key], _text(row[key])
    yield from _kept(me, "claims", row)


def _document(row: Row) -> Iterator[Triple]:
    me = _uri("document", row["id"])
    yield me, RDF.type, SDO.CreativeWork
    yield me, RDF.type, PROV.Entity
    for key, predicate in (("name", SDO.alternateName), ("title", SDO.name), ("publisher", SDO.publisher),
                           ("published", SDO.datePublished), ("url", SDO.url)):  # fmt: skip
        if key in row:
            yield me, predicate, _text(row[key])
    yield from _kept(me, "documents", row)


def _annotation(row: Row) -> Iterator[Triple]:
    me, target = _uri("evidence", row["id"]), _uri("target", row["id"])
    words, place = _uri("quote", row["id"]), _uri("position", row["id"])
    yield me, RDF.type, OA.Annotation
    yield me, OA.hasBody, _uri("claim", row["claim"])
    yield _uri("claim", row["claim"]), PROV.wasDerivedFrom, me
    yield me, PROV.hadPrimarySource, _uri("document", row["document"])
    yield me, OA.hasTarget, target
    yield target, OA.hasSource, _uri("document", row["document"])
    yield target, OA.hasSelector, words
    yield words, RDF.type, OA.TextQuoteSelector
    yield words, OA.exact, _text(row["quote"])
    yield target, OA.hasSelector, place
    yield place, RDF.type, OA.TextPositionSelector
    yield place, OA.start, _text(row["startChar"])
    yield place, OA.end, _text(row["endChar"])
    yield from _kept(me, "evidence", row)


def _kept(me: URIRef, part: str, row: Row) -> Iterator[Triple]:
    yield me, ECO[f"row-{part}"], Literal(canonical(row))


def _uri(what: str, id: str) -> URIRef:
    return URIRef(f"{BASE}{what}:{quote(id, safe=':')}")


def _text(value: Any) -> Literal:
    return Literal(value)


def _plain(value: Any) -> Any:
    """Our own URIs as the ids they stand for."""
    if isinstance(value, URIRef) and value.startswith(f"{BASE}entity:"):
        return unquote(value.removeprefix(f"{BASE}entity:"))
    return value.toPython() if isinstance(value, Literal) else None if value is None else str(value)
