MATCH (a:Claim)-[r:__EDGE__]->() WHERE r.ecomapKey IS NOT NULL
RETURN r.ecomapKey AS key, r.ecomapHash AS hash ORDER BY key
