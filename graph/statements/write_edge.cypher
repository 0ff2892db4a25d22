UNWIND $rows AS row
MATCH (a:Entity {ecomapKey: row.left})
MATCH (b:Entity {ecomapKey: row.right})
MERGE (a)-[r:__EDGE__ {ecomapKey: row.key}]->(b)
SET r = row.properties
