UNWIND $rows AS row
MATCH (a:Claim {ecomapKey: row.left})
WITH row, a, row.right AS right
MATCH (b:Document {ecomapKey: right})
MERGE (a)-[r:EVIDENCED_BY {ecomapKey: row.key}]->(b)
SET r = row.properties
