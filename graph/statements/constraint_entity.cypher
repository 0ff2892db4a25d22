CREATE CONSTRAINT ecomap_entity_key IF NOT EXISTS FOR (n:Entity) REQUIRE n.ecomapKey IS UNIQUE
