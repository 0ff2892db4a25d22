MATCH (k:Claim)-[r:EVIDENCED_BY]->(d:Document) WHERE r.ecomapKey IS NOT NULL
RETURN k.id AS left, properties(r) AS row, d.id AS right ORDER BY r.ecomapKey
