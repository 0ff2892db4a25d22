MATCH (company:Company)-[:OPERATES_IN|HEADQUARTERED_IN]->(:Region)-[:PART_OF*0..5]->(wide:Region)
WHERE wide.id = $id
RETURN DISTINCT company.id AS id
ORDER BY id
