UNWIND $keys AS key
MATCH (n:Document {ecomapKey: key})
REMOVE n.ecomapKey, n.ecomapHash, n.ecomapNames
