MATCH (e:Entity)-[:OPERATES_IN|HEADQUARTERED_IN]->(:Region)-[:PART_OF*0..5]->(wide:Region)
WHERE e.id IN $ids
RETURN DISTINCT e.id AS id, wide.name AS region
ORDER BY id, region
