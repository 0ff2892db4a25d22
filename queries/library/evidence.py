"""How we know."""

from ..question import MIN_CONFIDENCE, Parameter, Question

QUESTION = Question(
    name="evidence",
    about="Every claim about an entity, or about a pair: its rule, score, words, quote and place.",
    parameters=(
        Parameter("company", "an entity, by any of its names", "entity", required=True),
        Parameter("other", "only claims that join it with this one", "entity"),
        MIN_CONFIDENCE,
    ),
    columns=(
        "subject",
        "predicate",
        "object",
        "status",
        "detail",
        "date",
        "confidence",
        "score",
        "rule",
        "words",
        "copies",
        "claim",
        "quote",
        "speaker",
        "document",
        "published",
        "place",
    ),
    example=("vRad", "Aidoc"),
    cypher="""
MATCH (c:Entity {id: $company})<-[:SUBJECT|OBJECT]-(k:Claim)
WHERE k.confidence >= $minConfidence
WITH DISTINCT k
MATCH (s:Entity)<-[:SUBJECT]-(k)-[:OBJECT]->(o:Entity)
WHERE $other IS NULL OR s.id = $other OR o.id = $other
MATCH (k)-[v:EVIDENCED_BY]->(d:Document)
RETURN s.name AS subject, k.predicate AS predicate, o.name AS object, k.status AS status, k.detail AS detail,
  v.date AS date, k.confidence AS confidence, v.score AS score, v.extractor AS rule,
  v.subjectForm + ' … ' + v.objectForm AS words, v.copies AS copies, k.id AS claim, v.quote AS quote,
  v.speaker AS speaker, d.name AS document, d.published AS published,
  __PLACE__ AS place
ORDER BY predicate, subject, object, status, score DESC, document, v.startChar, v.id
""",
)
