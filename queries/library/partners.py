"""Who a company works with, each partner with its best sentence."""

from ..question import MIN_CONFIDENCE, Question, company, edge_types

QUESTION = Question(
    name="partners",
    about="The partners and affiliates of a company, each with a sentence that says so.",
    parameters=(company(), edge_types("partners_with", "affiliated_with"), MIN_CONFIDENCE),
    columns=(
        "partner",
        "relation",
        "status",
        "detail",
        "since",
        "confidence",
        "sources",
        "quote",
        "speaker",
        "document",
        "published",
        "place",
    ),
    example=("vRad",),
    cypher="""
MATCH (c:Entity {id: $company})-[e]-(o:Entity)
WHERE type(e) IN $type AND e.confidence >= $minConfidence
UNWIND e.claims AS claim
MATCH (k:Claim {id: claim})-[v:EVIDENCED_BY]->(d:Document)
WITH o, e, v, d
ORDER BY CASE WHEN k.status = e.status THEN 0 ELSE 1 END, __SUREST_FIRST__
WITH o, e, __BEST__ AS best
RETURN o.name AS partner, toLower(type(e)) AS relation, e.status AS status, e.detail AS detail,
  e.since AS since,
  e.confidence AS confidence, e.sources AS sources, best.quote AS quote, best.speaker AS speaker,
  best.document AS document, best.published AS published, best.place AS place
ORDER BY relation DESC, confidence DESC, partner, o.id
""",
    all_claims="""
MATCH (c:Entity {id: $company})<-[:SUBJECT|OBJECT]-(k:Claim)-[:SUBJECT|OBJECT]->(o:Entity)
WHERE toUpper(k.predicate) IN $type AND k.confidence >= $minConfidence AND o.id <> $company
MATCH (k)-[v:EVIDENCED_BY]->(d:Document)
WITH o, k, v, d ORDER BY __SUREST_FIRST__
WITH o, k, __BEST__ AS best
RETURN o.name AS partner, k.predicate AS relation, k.status AS status, k.detail AS detail, k.since AS since,
  k.confidence AS confidence, k.sources AS sources, best.quote AS quote, best.speaker AS speaker,
  best.document AS document, best.published AS published, best.place AS place
ORDER BY relation DESC, partner, published, status, k.id
""",
)
