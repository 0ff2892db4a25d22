UNWIND $rows AS row
MATCH (a:Claim {ecomapKey: row.left})
MATCH (b:Entity {ecomapKey: row.right})
MERGE (a)-[r:__EDGE__ {ecomapKey: row.key}]->(b)
SET r = row.properties
