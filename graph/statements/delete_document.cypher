UNWIND $keys AS key MATCH (n:Document {ecomapKey: key}) DETACH DELETE n
