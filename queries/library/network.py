"""Who stands around a company, some hops wide."""

from ..question import MIN_CONFIDENCE, Parameter, Question, company, edge_types

QUESTION = Question(
    name="network",
    about="The companies within some hops of a company, and every edge on the way.",
    parameters=(
        company(),
        Parameter("hops", "how many hops wide, at most 4", "count", 2, most=4),
        edge_types(
            "partners_with",
            "affiliated_with",
            "acquired",
            "merged_with",
            "subsidiary_of",
            "invested_in",
            "customer_of",
            "competes_with",
        ),
        MIN_CONFIDENCE,
    ),
    columns=(
        "hop",
        "from",
        "relation",
        "to",
        "status",
        "detail",
        "since",
        "confidence",
        "sources",
        "quote",
        "document",
        "published",
        "place",
    ),
    example=("vRad",),
    cypher="""
MATCH (c:Entity {id: $company})
OPTIONAL MATCH (c)-[e1]-(n1:Entity)
WHERE type(e1) IN $type AND e1.confidence >= $minConfidence
WITH c, collect(DISTINCT n1.id) AS one
OPTIONAL MATCH (m1:Entity)-[e2]-(n2:Entity)
WHERE $hops > 1 AND m1.id IN one AND type(e2) IN $type AND e2.confidence >= $minConfidence
WITH c, one, collect(DISTINCT n2.id) AS two
OPTIONAL MATCH (m2:Entity)-[e3]-(n3:Entity)
WHERE $hops > 2 AND m2.id IN two AND type(e3) IN $type AND e3.confidence >= $minConfidence
WITH c, one, two, collect(DISTINCT n3.id) AS three
WITH c.id AS centre, one, two, three,
  [$company] + CASE WHEN $hops > 1 THEN one ELSE [] END + CASE WHEN $hops > 2 THEN two ELSE [] END
  + CASE WHEN $hops > 3 THEN three ELSE [] END AS inner
UNWIND inner AS id
WITH DISTINCT centre, one, two, three, id
MATCH (a:Entity {id: id})-[r]-(:Entity)
WHERE type(r) IN $type AND r.confidence >= $minConfidence
WITH DISTINCT centre, one, two, three, r
WITH r, startNode(r) AS s, endNode(r) AS t, centre, one, two, three
UNWIND r.claims AS claim
MATCH (k:Claim {id: claim})-[v:EVIDENCED_BY]->(d:Document)
WITH r, s, t, centre, one, two, three, v, d
ORDER BY CASE WHEN k.status = r.status THEN 0 ELSE 1 END, __SUREST_FIRST__
WITH r, s, t, centre, one, two, three, __BEST__ AS best
RETURN CASE WHEN s.id = centre OR t.id = centre THEN 1 WHEN s.id IN one OR t.id IN one THEN 2
    WHEN s.id IN two OR t.id IN two THEN 3 ELSE 4 END AS hop,
  s.name AS from, toLower(type(r)) AS relation, t.name AS to, r.status AS status, r.detail AS detail,
  r.since AS since, r.confidence AS confidence, r.sources AS sources,
  best.quote AS quote, best.document AS document, best.published AS published, best.place AS place
ORDER BY hop, from, relation, to, s.id, t.id
""",
)
