CREATE INDEX ecomap_document_id IF NOT EXISTS FOR (n:Document) ON (n.id)
