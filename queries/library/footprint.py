"""Where a company is."""

from ..question import MIN_CONFIDENCE, Question, company

QUESTION = Question(
    name="footprint",
    about="The regions a company operates in or has its seat in, rolled up to countries and continents.",
    parameters=(company(), MIN_CONFIDENCE),
    columns=("region", "within", "places", "stated", "confidence", "quote", "document", "published", "place"),
    example=("Teleradiology Solutions",),
    cypher="""
MATCH (c:Entity {id: $company})-[e:OPERATES_IN|HEADQUARTERED_IN]->(r:Region)
WHERE e.confidence >= $minConfidence
UNWIND e.claims AS claim
MATCH (k:Claim {id: claim})-[v:EVIDENCED_BY]->(d:Document)
WITH r, e, v, d, v.score AS score
MATCH (r)-[:PART_OF*0..8]->(area:Region)
WITH area, r, e, v, d, score
ORDER BY CASE WHEN r.id = area.id THEN 0 ELSE 1 END, score DESC, coalesce(d.published, '') DESC, v.id
WITH area, collect(DISTINCT r.name) AS places, max(e.confidence) AS confidence,
  max(CASE WHEN r.id = area.id THEN 1 ELSE 0 END) = 1 AS stated,
  __BEST__ AS best
OPTIONAL MATCH (area)-[:PART_OF]->(up:Region)
WITH area, places, confidence, stated, best, up ORDER BY up.name
WITH area, places, confidence, stated, best, collect(up.name) AS within
RETURN area.name AS region, within, places, stated, confidence, best.quote AS quote,
  best.document AS document,
  best.published AS published, best.place AS place
ORDER BY size(places) DESC, region, area.id
""",
)
