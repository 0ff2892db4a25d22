"""What happened to a company, in order."""

from ..question import MIN_CONFIDENCE, Parameter, Question

QUESTION = Question(
    name="timeline",
    about="Every dated claim about an entity, oldest first.",
    parameters=(
        Parameter("company", "an entity, by any of its names", "entity", required=True),
        MIN_CONFIDENCE,
    ),
    columns=(
        "date",
        "status",
        "subject",
        "predicate",
        "object",
        "detail",
        "confidence",
        "quote",
        "speaker",
        "document",
        "published",
        "place",
    ),
    example=("vRad",),
    cypher="""
MATCH (c:Entity {id: $company})<-[:SUBJECT|OBJECT]-(k:Claim)
WHERE k.confidence >= $minConfidence
WITH DISTINCT k
MATCH (s:Entity)<-[:SUBJECT]-(k)-[:OBJECT]->(o:Entity)
MATCH (k)-[v:EVIDENCED_BY]->(d:Document)
WITH s, k, o, v, d,
  coalesce(CASE WHEN k.status = 'ended' THEN k.until ELSE k.since END, v.date, v.firstPublished,
    d.published) AS date
WHERE date IS NOT NULL
WITH s, k, o, v, d, date ORDER BY v.score DESC, coalesce(d.published, ''), v.id
WITH s, k, o, date, __BEST__ AS best
RETURN date, k.status AS status, s.name AS subject, k.predicate AS predicate, o.name AS object,
  k.detail AS detail,
  k.confidence AS confidence, best.quote AS quote, best.speaker AS speaker, best.document AS document,
  best.published AS published, best.place AS place
ORDER BY date, subject, predicate, object, status, k.id
""",
)
