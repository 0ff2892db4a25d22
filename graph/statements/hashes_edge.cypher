MATCH (a:Entity)-[r:__EDGE__]->(b:Entity) WHERE r.ecomapKey IS NOT NULL
RETURN r.ecomapKey AS key, r.ecomapHash AS hash ORDER BY key
