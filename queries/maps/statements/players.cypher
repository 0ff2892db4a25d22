MATCH (company:Company)-[:ACTIVE_IN]->(market:Market)
WHERE market.id = $id
RETURN DISTINCT company.id AS id
ORDER BY id
