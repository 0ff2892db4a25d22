MATCH (n:__KIND__:Entity) WHERE n.ecomapKey IS NOT NULL
RETURN n.ecomapKey AS key, n.ecomapHash AS hash ORDER BY key
