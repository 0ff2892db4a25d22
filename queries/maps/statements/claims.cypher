MATCH (s:Entity)<-[:SUBJECT]-(c:Claim)-[:OBJECT]->(o:Entity)
WHERE c.predicate IN $predicates AND c.confidence >= $confidence AND c.verdict <> 'rejected'
RETURN c.id AS id, s.id AS subject, s.name AS subjectName, s.kind AS subjectKind,
       o.id AS object, o.name AS objectName, o.kind AS objectKind,
       c.predicate AS predicate, c.status AS status, c.verdict AS verdict, c.confidence AS confidence,
       c.sources AS sources, c.detail AS detail, c.since AS since, c.regions AS regions
ORDER BY id
