UNWIND $keys AS key
MATCH (n:Claim {ecomapKey: key})
REMOVE n.ecomapKey, n.ecomapHash, n.ecomapNames
