MATCH (n:Entity) WHERE n.ecomapKey IS NOT NULL
RETURN n.id AS id, n.ecomapNames AS names ORDER BY id
