MERGE (n:Document {ecomapKey: 'ecomap:turn'})
