MATCH (n:Entity) WHERE n.ecomapKey IS NOT NULL RETURN count(n) AS n
