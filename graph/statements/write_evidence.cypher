UNWIND $rows AS row
MATCH (a:Claim {ecomapKey: row.left})
MATCH (b:Document {ecomapKey: row.right})
MERGE (a)-[r:EVIDENCED_BY {ecomapKey: row.key}]->(b)
SET r = row.properties
