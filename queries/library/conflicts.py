"""Where sources disagree."""

from ..question import Parameter, Question

QUESTION = Question(
    name="conflicts",
    about="Claims that sources contradict: every side with quote, document, date and speaker.",
    parameters=(Parameter("company", "only about this entity", "entity"),),
    columns=(
        "subject",
        "predicate",
        "object",
        "status",
        "date",
        "verdict",
        "quote",
        "speaker",
        "document",
        "published",
        "place",
    ),
    cypher="""
MATCH (s:Entity)<-[:SUBJECT]-(k:Claim)-[:OBJECT]->(o:Entity)
WHERE k.contested AND ($company IS NULL OR s.id = $company OR o.id = $company)
MATCH (k)-[v:EVIDENCED_BY]->(d:Document)
RETURN s.name AS subject, k.predicate AS predicate, o.name AS object, k.status AS status,
  coalesce(v.date, d.published) AS date, k.verdict AS verdict, v.quote AS quote, v.speaker AS speaker,
  d.name AS document, d.published AS published,
  __PLACE__ AS place
ORDER BY subject, s.id, predicate, object, o.id, date, status, document, v.startChar, v.id
""",
)
