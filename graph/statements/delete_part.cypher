MATCH (:Claim)-[r:__EDGE__]->() WHERE r.ecomapKey IN $keys
DELETE r
