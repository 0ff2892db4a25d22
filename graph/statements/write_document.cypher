UNWIND $rows AS row
MERGE (n:Document {ecomapKey: row.key})
SET n = row.properties
