"""A whole market, or everything, as edges between companies."""

from ..question import MIN_CONFIDENCE, Parameter, Question, edge_types

QUESTION = Question(
    name="ecosystem",
    about="Every edge between companies, or only those that touch the players of a market.",
    parameters=(
        Parameter("market", "only around the players of this market", "entity", kinds=("Market",)),
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
    cypher="""
OPTIONAL MATCH (player:Entity)-[:ACTIVE_IN]->(:Market {id: $market})
WITH collect(player.id) AS players
MATCH (s:Entity)-[r:PARTNERS_WITH|AFFILIATED_WITH|ACQUIRED|MERGED_WITH|SUBSIDIARY_OF|INVESTED_IN
  |CUSTOMER_OF|COMPETES_WITH]->(t:Entity)
WHERE type(r) IN $type AND r.confidence >= $minConfidence
  AND ($market IS NULL OR s.id IN players OR t.id IN players)
UNWIND r.claims AS claim
MATCH (k:Claim {id: claim})-[v:EVIDENCED_BY]->(d:Document)
WITH r, s, t, v, d
ORDER BY CASE WHEN k.status = r.status THEN 0 ELSE 1 END, __SUREST_FIRST__
WITH r, s, t, __BEST__ AS best
RETURN s.name AS from, toLower(type(r)) AS relation, t.name AS to, r.status AS status, r.detail AS detail,
  r.since AS since, r.confidence AS confidence, r.sources AS sources,
  best.quote AS quote, best.document AS document, best.published AS published, best.place AS place
ORDER BY from, s.id, relation, to, t.id
""",
)
