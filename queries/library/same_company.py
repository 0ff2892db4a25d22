"""Which names may mean the same company."""

from ..question import Parameter, Question

QUESTION = Question(
    name="same_company",
    about="Pairs that may be the same, with the reasons; for one company also those that were kept apart.",
    parameters=(
        Parameter("company", "only pairs with this entity; then different ones too", "entity"),
        Parameter("minScore", "leave out what is less likely than this", "number", 0.0),
    ),
    columns=("left", "right", "outcome", "score", "reason", "left_id", "right_id"),
    cypher="""
MATCH (a:Entity)-[m:MAYBE_SAME]->(b:Entity)
WHERE m.score >= $minScore AND ($company IS NOT NULL OR m.outcome = 'suggest')
  AND ($company IS NULL OR a.id = $company OR b.id = $company)
RETURN a.name AS left, b.name AS right, m.outcome AS outcome, m.score AS score, m.reason AS reason,
  a.id AS left_id, b.id AS right_id
ORDER BY outcome DESC, score DESC, left_id, right_id
""",
)
