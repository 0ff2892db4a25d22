MATCH (:Entity)-[r:__EDGE__]->(:Entity) WHERE r.ecomapKey IS NOT NULL RETURN count(r) AS n
