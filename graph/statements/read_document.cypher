MATCH (n:Document) WHERE n.ecomapKey IS NOT NULL RETURN properties(n) AS row ORDER BY n.ecomapKey
