UNWIND $ids AS id
MATCH (n:Entity {ecomapKey: id})
RETURN properties(n) AS row ORDER BY row.id
