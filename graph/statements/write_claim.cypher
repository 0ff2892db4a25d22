UNWIND $rows AS row
MERGE (n:Claim {ecomapKey: row.key})
SET n = row.properties
