MATCH (n:Entity) WHERE n.ecomapKey IS NOT NULL AND any(name IN n.ecomapNames WHERE name IN $names)
RETURN properties(n) AS row ORDER BY n.id LIMIT $limit
