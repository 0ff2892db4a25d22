"""Who is where."""

from ..question import MIN_CONFIDENCE, Parameter, Question

QUESTION = Question(
    name="regions",
    about="Every region with the companies in it or under it.",
    parameters=(
        Parameter("region", "only this region and those under it", "entity", kinds=("Region",)),
        MIN_CONFIDENCE,
    ),
    columns=("region", "within", "companies", "names"),
    cypher="""
MATCH (c:Entity)-[e:OPERATES_IN|HEADQUARTERED_IN]->(r:Region)
WHERE e.confidence >= $minConfidence
MATCH (r)-[:PART_OF*0..8]->(area:Region)
WITH DISTINCT area, c ORDER BY c.name, c.id
WITH area, collect(c.name) AS names
OPTIONAL MATCH (area)-[:PART_OF*0..8]->(top:Region)
WITH area, names, collect(top.id) AS tops
WHERE $region IS NULL OR $region IN tops
OPTIONAL MATCH (area)-[:PART_OF]->(up:Region)
WITH area, names, up ORDER BY up.name
WITH area, names, collect(up.name) AS within
RETURN area.name AS region, within, size(names) AS companies, names
ORDER BY companies DESC, region, area.id
""",
)
