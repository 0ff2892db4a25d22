"""Who is best connected."""

from ..question import MIN_CONFIDENCE, Parameter, Question

QUESTION = Question(
    name="companies",
    about="The companies, most connected first.",
    parameters=(Parameter("limit", "how many", "count", 50), MIN_CONFIDENCE),
    columns=("company", "edges", "partners", "regions", "products", "aliases"),
    cypher="""
MATCH (c:Company)
OPTIONAL MATCH (c)-[e]-(o:Entity)
WHERE e.confidence >= $minConfidence
WITH c, type(e) AS type, labels(o) AS labels, o.id AS other
WITH c, count(type) AS edges,
  count(DISTINCT CASE WHEN type IN ['PARTNERS_WITH', 'AFFILIATED_WITH'] THEN other END) AS partners,
  count(DISTINCT CASE WHEN 'Region' IN labels THEN other END) AS regions,
  count(DISTINCT CASE WHEN 'Product' IN labels THEN other END) AS products
RETURN c.name AS company, edges, partners, regions, products, c.aliases AS aliases
ORDER BY edges DESC, company, c.id
LIMIT $limit
""",
)
