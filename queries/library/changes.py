"""What happened in a span of time."""

from ..question import MIN_CONFIDENCE, Parameter, Question

QUESTION = Question(
    name="changes",
    about="What began, ended, was announced or denied since a date.",
    parameters=(
        Parameter("since", "from this day (2024, 2024-03 or 2024-03-08)", "date", required=True),
        Parameter("until", "to this day", "date"),
        Parameter("company", "only about this entity", "entity"),
        MIN_CONFIDENCE,
    ),
    columns=(
        "date",
        "change",
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
    example=("2024-01-01",),
    cypher="""
MATCH (s:Entity)<-[:SUBJECT]-(k:Claim)-[:OBJECT]->(o:Entity)
WHERE k.confidence >= $minConfidence AND ($company IS NULL OR s.id = $company OR o.id = $company)
MATCH (k)-[v:EVIDENCED_BY]->(d:Document)
WITH s, k, o, v, d,
  coalesce(CASE WHEN k.status = 'ended' THEN k.until ELSE k.since END,
    CASE WHEN left(v.date, 1) IN ['1', '2'] THEN v.date END, v.firstPublished, d.published) AS date
WHERE date >= left($since, size(date)) AND ($until IS NULL OR left(date, size($until)) <= $until)
WITH s, k, o, v, d, date ORDER BY v.score DESC, coalesce(d.published, ''), v.id
WITH s, k, o, date, __BEST__ AS best
RETURN date, CASE k.status WHEN 'current' THEN 'began' ELSE k.status END AS change, s.name AS subject,
  k.predicate AS predicate, o.name AS object, k.detail AS detail, k.confidence AS confidence,
  best.quote AS quote, best.speaker AS speaker, best.document AS document, best.published AS published,
  best.place AS place
ORDER BY date, subject, predicate, object, change, k.id
""",
)
