UNWIND $keys AS key
MATCH (n:Claim {ecomapKey: key})
WHERE NOT (n)--()
DELETE n
