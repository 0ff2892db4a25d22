MATCH (e:Entity)
WHERE e.id = $name OR toLower(e.name) = toLower($name)
   OR any(alias IN coalesce(e.aliases, []) WHERE toLower(alias) = toLower($name))
RETURN e.id AS id, e.name AS name, e.kind AS kind
ORDER BY CASE WHEN e.id = $name THEN 0 WHEN toLower(e.name) = toLower($name) THEN 1 ELSE 2 END, id
