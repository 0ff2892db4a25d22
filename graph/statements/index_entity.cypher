CREATE INDEX ecomap_entity_id IF NOT EXISTS FOR (n:Entity) ON (n.id)
