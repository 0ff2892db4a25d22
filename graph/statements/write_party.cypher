UNWIND $rows AS row
MATCH (a:Claim {ecomapKey: row.left})
WITH row, a, row.right AS right
MATCH (b:Entity {ecomapKey: right})
MERGE (a)-[r:__EDGE__ {ecomapKey: row.key}]->(b)
SET r = row.properties
