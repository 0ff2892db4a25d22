MATCH (n:Entity) WHERE n.ecomapKey IS NOT NULL AND $id IN n.retired
RETURN properties(n) AS row ORDER BY n.id LIMIT 1
