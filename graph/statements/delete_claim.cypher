UNWIND $keys AS key MATCH (n:Claim {ecomapKey: key}) DETACH DELETE n
