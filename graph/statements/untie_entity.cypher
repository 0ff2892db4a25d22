UNWIND $keys AS key
MATCH (n:__KIND__:Entity {ecomapKey: key})-[r]-()
WHERE r.ecomapKey IS NOT NULL
WITH DISTINCT r
DELETE r
