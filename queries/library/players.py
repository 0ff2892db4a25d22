"""Who is in a market."""

from ..question import MIN_CONFIDENCE, Parameter, Question

QUESTION = Question(
    name="players",
    about="The companies that are named as players of a market.",
    parameters=(
        Parameter("market", "a market, by any of its names", "entity", required=True, kinds=("Market",)),
        MIN_CONFIDENCE,
    ),
    columns=(
        "company",
        "status",
        "since",
        "confidence",
        "sources",
        "quote",
        "speaker",
        "document",
        "published",
        "place",
    ),
    example=("Teleradiology Services",),
    cypher="""
MATCH (c:Entity)-[e:ACTIVE_IN]->(m:Market {id: $market})
WHERE e.confidence >= $minConfidence
UNWIND e.claims AS claim
MATCH (k:Claim {id: claim})-[v:EVIDENCED_BY]->(d:Document)
WITH c, e, v, d
ORDER BY CASE WHEN k.status = e.status THEN 0 ELSE 1 END, __SUREST_FIRST__
WITH c, e, __BEST__ AS best
RETURN c.name AS company, e.status AS status,
  e.since AS since, e.confidence AS confidence, e.sources AS sources,
  best.quote AS quote, best.speaker AS speaker, best.document AS document, best.published AS published,
  best.place AS place
ORDER BY company, c.id
""",
    all_claims="""
MATCH (m:Market {id: $market})<-[:OBJECT]-(k:Claim {predicate: 'active_in'})-[:SUBJECT]->(c:Entity)
WHERE k.confidence >= $minConfidence
MATCH (k)-[v:EVIDENCED_BY]->(d:Document)
WITH c, k, v, d ORDER BY __SUREST_FIRST__
WITH c, k, __BEST__ AS best
RETURN c.name AS company, k.status AS status, k.since AS since, k.confidence AS confidence,
  k.sources AS sources,
  best.quote AS quote, best.speaker AS speaker, best.document AS document, best.published AS published,
  best.place AS place
ORDER BY company, published, status, k.id
""",
)
