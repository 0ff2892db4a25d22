UNWIND $keys AS key
MATCH (n:__KIND__:Entity {ecomapKey: key})
WHERE NOT (n)--()
DELETE n
