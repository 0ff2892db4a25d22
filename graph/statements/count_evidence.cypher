MATCH (:Claim)-[r:EVIDENCED_BY]->(:Document) WHERE r.ecomapKey IS NOT NULL RETURN count(r) AS n
