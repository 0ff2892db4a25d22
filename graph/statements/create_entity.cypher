UNWIND $rows AS row
CREATE (n:__KIND__:Entity)
SET n = row.properties
