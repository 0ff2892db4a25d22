MATCH (a:Entity)-[r:__EDGE__]->(b:Entity) WHERE r.ecomapKey IS NOT NULL
RETURN a.id AS left, properties(r) AS row, b.id AS right ORDER BY r.ecomapKey
