"""All that is known of one entity."""

from ..question import MIN_CONFIDENCE, Parameter, Question

QUESTION = Question(
    name="profile",
    about="Everything that is known of a company (or product, region, market), by predicate.",
    parameters=(
        Parameter("company", "an entity, by any of its names", "entity", required=True),
        MIN_CONFIDENCE,
    ),
    columns=(
        "relation",
        "direction",
        "other",
        "kind",
        "status",
        "detail",
        "since",
        "until",
        "confidence",
        "sources",
        "quote",
        "document",
        "published",
        "place",
    ),
    example=("vRad",),
    cypher="""
MATCH (c:Entity {id: $company})-[e]-(o:Entity)
WHERE e.confidence >= $minConfidence AND size(e.claims) > 0
UNWIND e.claims AS claim
MATCH (k:Claim {id: claim})-[v:EVIDENCED_BY]->(d:Document)
WITH o, e, v, d
ORDER BY CASE WHEN k.status = e.status THEN 0 ELSE 1 END, __SUREST_FIRST__
WITH o, e, __BEST__ AS best
RETURN toLower(type(e)) AS relation,
  CASE WHEN type(e) IN ['PARTNERS_WITH', 'MERGED_WITH', 'AFFILIATED_WITH', 'COMPETES_WITH'] THEN 'both'
    WHEN startNode(e).id = $company THEN 'out' ELSE 'in' END AS direction,
  o.name AS other, [l IN labels(o) WHERE l <> 'Entity'][0] AS kind, e.status AS status, e.detail AS detail,
  e.since AS since, e.until AS until, e.confidence AS confidence, e.sources AS sources,
  best.quote AS quote, best.document AS document, best.published AS published, best.place AS place
ORDER BY relation, direction, other, o.id
""",
)
