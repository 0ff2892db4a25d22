CREATE CONSTRAINT ecomap_document_key IF NOT EXISTS FOR (n:Document) REQUIRE n.ecomapKey IS UNIQUE
