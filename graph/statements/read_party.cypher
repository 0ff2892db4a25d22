MATCH (k:Claim)-[r:__EDGE__]->(e:Entity) WHERE r.ecomapKey IS NOT NULL
RETURN k.id AS left, e.id AS right ORDER BY r.ecomapKey
