UNWIND $keys AS key
MATCH (n:Document {ecomapKey: key})
WHERE NOT (n)--()
DELETE n
