UNWIND $keys AS key
MATCH (n:Claim {ecomapKey: key})-[r]-()
WHERE r.ecomapKey IS NOT NULL
WITH DISTINCT r
DELETE r
