MATCH (c:Claim)-[e:EVIDENCED_BY]->(d:Document)
WHERE c.id IN $claims
RETURN c.id AS claim, e.quote AS quote, coalesce(d.title, d.name) AS document, d.published AS date, e.page AS page
ORDER BY claim, date, quote
