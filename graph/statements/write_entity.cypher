UNWIND $rows AS row
MATCH (n:Entity {ecomapKey: row.key})
SET n = row.properties
