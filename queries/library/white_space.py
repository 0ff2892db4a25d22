"""Where others are and a company is not."""

from ..question import MIN_CONFIDENCE, Question, company

QUESTION = Question(
    name="white_space",
    about="Regions and markets where rivals or players of the same markets are, and the company is not.",
    parameters=(company(), MIN_CONFIDENCE),
    columns=("place", "kind", "peers", "names", "confidence"),
    example=("vRad",),
    cypher="""
MATCH (c:Entity {id: $company})
OPTIONAL MATCH (c)-[:COMPETES_WITH]-(rival:Entity)
WITH c, collect(DISTINCT rival.id) AS rivals
OPTIONAL MATCH (c)-[:ACTIVE_IN]->(:Market)<-[:ACTIVE_IN]-(fellow:Entity)
WITH c, rivals, collect(DISTINCT fellow.id) AS fellows
OPTIONAL MATCH (c)-[:OPERATES_IN|HEADQUARTERED_IN|ACTIVE_IN]->(here:Entity)
OPTIONAL MATCH (here)-[:PART_OF*0..8]->(covered:Entity)
WITH rivals + fellows AS peers, collect(DISTINCT covered.id) AS covered
UNWIND peers AS id
WITH DISTINCT id, covered
MATCH (p:Entity {id: id})-[e:OPERATES_IN|HEADQUARTERED_IN|ACTIVE_IN]->(x:Entity)
WHERE e.confidence >= $minConfidence AND id <> $company
MATCH (x)-[:PART_OF*0..8]->(y:Entity)
WHERE NOT y.id IN covered
WITH y, p, max(e.confidence) AS confidence ORDER BY p.name, p.id
WITH y, collect(p.name) AS names, max(confidence) AS confidence
RETURN y.name AS place, [l IN labels(y) WHERE l <> 'Entity'][0] AS kind, size(names) AS peers,
  names, confidence
ORDER BY peers DESC, kind, place, y.id
""",
)
