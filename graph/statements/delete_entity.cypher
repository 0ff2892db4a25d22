UNWIND $keys AS key
MATCH (n:__KIND__:Entity {ecomapKey: key})
DETACH DELETE n
