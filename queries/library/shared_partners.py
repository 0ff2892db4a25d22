"""Whom companies have in common."""

from ..question import MIN_CONFIDENCE, PARTIES, Parameter, Question, company, edge_types

QUESTION = Question(
    name="shared_partners",
    about="The partners that a company shares with another, or with any other, most shared first.",
    parameters=(
        company(),
        Parameter("other", "only with this company", "entity", kinds=PARTIES),
        edge_types("partners_with", "affiliated_with"),
        MIN_CONFIDENCE,
    ),
    columns=(
        "company",
        "shared",
        "partner",
        "confidence",
        "quote",
        "document",
        "other_quote",
        "other_document",
    ),
    example=("Aidoc",),
    cypher="""
MATCH (a:Entity {id: $company})-[e]-(p:Entity)-[f]-(b:Entity)
WHERE type(e) IN $type AND type(f) IN $type AND b.id <> $company AND ($other IS NULL OR b.id = $other)
  AND e.confidence >= $minConfidence AND f.confidence >= $minConfidence
WITH b, p, round(max(e.confidence) * max(f.confidence), 4) AS confidence,
  collect(e)[0] AS e, collect(f)[0] AS f
MATCH (k:Claim)-[v:EVIDENCED_BY]->(d:Document) WHERE k.id IN e.claims
WITH b, p, confidence, f, v, d ORDER BY __SUREST_FIRST__
WITH b, p, confidence, f, collect({quote: v.quote, document: d.name})[0] AS one
MATCH (k:Claim)-[v:EVIDENCED_BY]->(d:Document) WHERE k.id IN f.claims
WITH b, p, confidence, one, v, d ORDER BY __SUREST_FIRST__
WITH b, p, confidence, one, collect({quote: v.quote, document: d.name})[0] AS two
WITH b, collect({partner: p, confidence: confidence, one: one, two: two}) AS shared
UNWIND shared AS s
RETURN b.name AS company, size(shared) AS shared, s.partner.name AS partner, s.confidence AS confidence,
  s.one.quote AS quote, s.one.document AS document, s.two.quote AS other_quote,
  s.two.document AS other_document
ORDER BY shared DESC, company, b.id, partner
""",
)
