MATCH (:Entity)-[r:__EDGE__]->(:Entity) WHERE r.ecomapKey IN $keys
DELETE r
