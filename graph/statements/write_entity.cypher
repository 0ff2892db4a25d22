UNWIND $rows AS row
MERGE (n:__KIND__:Entity {ecomapKey: row.key})
SET n = row.properties
