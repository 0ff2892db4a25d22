UNWIND $keys AS key
MATCH (n:__KIND__:Entity {ecomapKey: key})
REMOVE n.ecomapKey, n.ecomapHash, n.ecomapNames
