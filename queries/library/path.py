"""How two companies are joined."""

from ..question import Question, company

QUESTION = Question(
    name="path",
    about="The shortest ways from one company to another, with the evidence of every hop.",
    parameters=(
        company("where the path starts", "company"),
        company("where it ends", "other"),
    ),
    columns=(
        "path",
        "hop",
        "from",
        "relation",
        "direction",
        "to",
        "status",
        "confidence",
        "quote",
        "document",
        "published",
        "place",
    ),
    example=("vRad", "INFINITT"),
    cypher="""
MATCH (a:Entity {id: $company})
WITH a, $other AS goal
MATCH (b:Entity {id: goal}) WHERE a.id <> b.id
MATCH p = allShortestPaths((a)-[:PARTNERS_WITH|AFFILIATED_WITH|ACQUIRED|MERGED_WITH|SUBSIDIARY_OF
  |INVESTED_IN|CUSTOMER_OF*..6]-(b))
WITH DISTINCT [n IN nodes(p) | n.id] AS ids, [r IN relationships(p) | type(r)] AS types, p
ORDER BY ids, types LIMIT 5
WITH collect(p) AS ps
UNWIND range(0, size(ps) - 1) AS i
WITH i + 1 AS path, relationships(ps[i]) AS rs, nodes(ps[i]) AS ns
UNWIND range(0, size(rs) - 1) AS j
WITH path, j + 1 AS hop, rs[j] AS r, ns[j] AS s, ns[j + 1] AS t
UNWIND r.claims AS claim
MATCH (k:Claim {id: claim})-[v:EVIDENCED_BY]->(d:Document)
WITH path, hop, r, s, t, v, d
ORDER BY CASE WHEN k.status = r.status THEN 0 ELSE 1 END, __SUREST_FIRST__
WITH path, hop, r, s, t, __BEST__ AS best
RETURN path, hop, s.name AS from, toLower(type(r)) AS relation,
  CASE WHEN type(r) IN ['PARTNERS_WITH', 'MERGED_WITH', 'AFFILIATED_WITH'] THEN 'both'
    WHEN startNode(r).id = s.id THEN 'out' ELSE 'in' END AS direction,
  t.name AS to, r.status AS status, r.confidence AS confidence,
  best.quote AS quote, best.document AS document, best.published AS published, best.place AS place
ORDER BY path, hop
""",
)
