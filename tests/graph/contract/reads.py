"""What a strategist or the product asks: a name, the Cypher, the rows. Rows are compared in order where it orders."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

from .market import NAME, PARTNERS, PLACE, SEAT, neighbours, touching, trails

F = "MATCH (f:Firm) "
AMBER = "MATCH (f:Firm {id: 'f1'}) "
WAYS = list(trails("f1", 1, 3))
WAYS_BOTH = list(trails("f1", 1, 3, both=True))
IDS = sorted(NAME)
SHARED = sorted(
    ([a, b, len(neighbours(a) & neighbours(b))] for a, b in combinations(IDS, 2)
     if b not in neighbours(a) and neighbours(a) & neighbours(b)), key=lambda r: (-r[2], r[0], r[1]))[:3]  # fmt: skip
OUT = Counter(a for a, _, _ in PARTNERS)
BETWEEN = Counter(
    (PLACE[min(SEAT[a], SEAT[b])], PLACE[max(SEAT[a], SEAT[b])]) for a, b, _ in PARTNERS if SEAT[a] != SEAT[b]
)
TRIANGLES = sum(
    x[1] == y[0] and y[1] == z[0] and z[1] == x[0] for x in PARTNERS for y in PARTNERS for z in PARTNERS
)
Read = tuple[str, str, Any]

READS: list[Read] = [
    ("a map of properties matches", "MATCH (f:Firm {name: 'Amber'}) RETURN f.id", [["f1"]]),
    ("a parameter in WHERE", F + "WHERE f.id = $id RETURN f.name", [["Amber"]]),
    ("count of a label", F + "RETURN count(*)", [[9]]),
    ("a value in a list property", F + "WHERE 'ice' IN f.tags RETURN f.name ORDER BY f.name", [["Amber"], ["Fjord"], ["Gale"]]),
    ("missing properties are null", F + "WHERE f.tags IS NULL OR f.born IS NULL RETURN f.name ORDER BY f.name", [["Gale"], ["Heath"]]),
    ("OPTIONAL MATCH keeps the left", F + "OPTIONAL MATCH (f)-[:SITS_IN]->(p:Place) RETURN f.id AS i, p.name ORDER BY i",
     [[i, PLACE.get(SEAT.get(i, ""))] for i in IDS]),
    ("WITH groups and WHERE filters groups", "MATCH (f:Firm)-[:SITS_IN]->(p) WITH p, count(f) AS n, collect(f.name) AS names WHERE n > 3"
     " RETURN p.name, n, size(names) ORDER BY p.name", [["North", 4, 4], ["South", 4, 4]]),
    ("distinct neighbours either way", "MATCH (f:Firm)-[:PARTNERS_WITH]-(o:Firm) WITH f, collect(DISTINCT o.id) AS os RETURN f.id, size(os) ORDER BY f.id",
     [[i, len(neighbours(i))] for i in IDS if neighbours(i)]),
    ("parallel edges count twice", "MATCH (:Firm {id: 'f1'})-[:PARTNERS_WITH]-(o) RETURN count(*)", [[len(touching("f1"))]]),
    ("list comprehension", AMBER + "RETURN [t IN f.tags WHERE t STARTS WITH 'b' | toUpper(t)]", [[["BULK"]]]),
    ("pattern comprehension", AMBER + "RETURN size([(f)-[:PARTNERS_WITH]->(o) | o.id]), [(f)-[:PARTNERS_WITH]->(o:Firm) WHERE o.field = 'Road' | o.name]",
     [[3, ["Elm"]]]),
    ("EXISTS with a pattern", F + "WHERE EXISTS { (f)-[:PARTNERS_WITH]->(:Firm {field: 'Rail'}) } RETURN f.name ORDER BY f.name", [["Birch"], ["Cedar"]]),
    ("EXISTS with its own WHERE", F + "WHERE EXISTS { MATCH (f)-[e:PARTNERS_WITH]->(o:Firm) WHERE e.since > 2015 AND o.field <> f.field } RETURN f.id ORDER BY f.id",
     [["f1"], ["f4"], ["f6"]]),
    ("NOT a pattern", F + "WHERE NOT (f)-[:PARTNERS_WITH]-() RETURN f.name", [["Inlet"]]),
    ("COUNT of a pattern ranks", F + "RETURN f.id AS i, COUNT { (f)-[:PARTNERS_WITH]-() } AS n ORDER BY n DESC, i LIMIT 3",
     sorted(([i, len(touching(i))] for i in IDS), key=lambda r: (-r[1], r[0]))[:3]),
    ("CALL that imports by WITH", F + "CALL { WITH f MATCH (f)-[:PARTNERS_WITH]->(o) RETURN count(o) AS n } WITH f, n WHERE n > 1 RETURN f.id, n ORDER BY f.id",
     [[i, n] for i, n in sorted(OUT.items()) if n > 1]),
    ("CALL with its scope in brackets", F + "CALL (f) { MATCH (f)-[:PARTNERS_WITH]->(o) RETURN count(o) AS n } WITH f, n WHERE n > 1 RETURN f.id, n ORDER BY f.id",
     [[i, n] for i, n in sorted(OUT.items()) if n > 1]),
    ("trails of one to three along edges", "MATCH (:Firm {id: 'f1'})-[:PARTNERS_WITH*1..3]->(b) RETURN count(*)", [[len(WAYS)]]),
    ("trails of one to three either way", "MATCH (:Firm {id: 'f1'})-[:PARTNERS_WITH*1..3]-(b) RETURN count(*)", [[len(WAYS_BOTH)]]),
    ("distinct ends of trails", "MATCH (a:Firm {id: 'f1'})-[:PARTNERS_WITH*1..2]-(b) WHERE b <> a RETURN count(DISTINCT b)",
     [[len({w[0][-1] for w in trails("f1", 1, 2, both=True)} - {"f1"})]]),
    ("a shortest path", "MATCH (a:Firm {id: 'f8'}), (b:Firm {id: 'f7'}) MATCH p = shortestPath((a)-[:PARTNERS_WITH*..9]-(b)) RETURN length(p), [n IN nodes(p) | n.id]",
     [[4, ["f8", "f5", "f1", "f6", "f7"]]]),
    ("all shortest paths", "MATCH (a:Firm {id: 'f1'}), (b:Firm {id: 'f3'}) MATCH p = allShortestPaths((a)-[:PARTNERS_WITH*..9]-(b)) RETURN count(p), min(length(p))", [[3, 2]]),
    ("OR with a list of another node", AMBER[:-1] + "-[:PARTNERS_WITH]->(b) WHERE f.staff = 1 OR any(t IN b.tags WHERE t = 'bulk') RETURN b.id", [["f2"], ["f2"]]),
    ("OR with a list of another node, after WITH", AMBER[:-1] + "-[:PARTNERS_WITH]->(b) WITH f, b WHERE f.staff = 1 OR any(t IN b.tags WHERE t = 'bulk') RETURN b.id", [["f2"], ["f2"]]),
    ("SHORTEST 1", "MATCH p = SHORTEST 1 (a:Firm {id: 'f8'})-[:PARTNERS_WITH]-+(b:Firm {id: 'f7'}) RETURN length(p)", [[4]]),
    ("a quantified path", "MATCH (:Firm {id: 'f1'})-[:PARTNERS_WITH]->{1,3}(b) RETURN count(*)", [[len(WAYS)]]),
    ("labels of a node", "MATCH (n) WHERE n.id IN ['f6', 'p1'] UNWIND labels(n) AS l RETURN n.id, l ORDER BY n.id, l", [["f6", "Firm"], ["f6", "Young"], ["p1", "Place"]]),
    ("grouping by edge type", "MATCH (:Firm {id: 'f5'})-[r]->() RETURN type(r) AS t, count(*) ORDER BY t", [["ACQUIRED", 1], ["PARTNERS_WITH", 1], ["SITS_IN", 1]]),
    ("properties of an edge", "MATCH ()-[r:ACQUIRED]->() RETURN properties(r)", [[{"year": 2023}]]),
    ("properties of a node", "MATCH (n:Place {id: 'p1'}) RETURN properties(n)", [[{"id": "p1", "name": "North"}]]),
    ("keys of a node", "MATCH (n:Firm {id: 'f7'}) UNWIND keys(n) AS k RETURN k ORDER BY k", [["field"], ["id"], ["name"], ["staff"], ["tags"]]),
    ("elementId finds its node", "MATCH (f:Firm {id: 'f4'}) WITH elementId(f) AS e MATCH (n) WHERE elementId(n) = e RETURN n.id", [["f4"]]),
    ("id finds its node", "MATCH (f:Firm {id: 'f4'}) WITH id(f) AS e MATCH (n) WHERE id(n) = e RETURN n.id", [["f4"]]),
    ("two labels at once", "MATCH (f:Firm:Young) RETURN count(f)", [[2]]),
    ("the second label alone", "MATCH (f:Young) RETURN f.name ORDER BY f.name", [["Fjord"], ["Gale"]]),
    ("one label or another", "MATCH (n:Firm|Place) RETURN count(n)", [[11]]),
    ("one label and not another", "MATCH (n:Firm&!Young) RETURN count(n)", [[7]]),
    ("labels in WHERE", F + "WHERE f:Young AND NOT f:Place RETURN count(f)", [[2]]),
    ("a regular expression", F + "WHERE f.name =~ '(?i)^[a-c].*' RETURN f.name ORDER BY f.name", [["Amber"], ["Birch"], ["Cedar"]]),
    ("part of a text in lower case", F + "WHERE toLower(f.name) CONTAINS 'e' AND f.name ENDS WITH 'e' RETURN f.name ORDER BY f.name", [["Dune"], ["Gale"]]),
    ("both forms of CASE", F + "WITH CASE WHEN f.staff >= 1000 THEN 'l' WHEN f.staff >= 100 THEN 'm' ELSE 's' END AS size, CASE f.field WHEN 'Sea' THEN 1 ELSE 0 END AS sea"
     " RETURN size, sum(sea), count(*) ORDER BY size", [["l", 0, 3], ["m", 2, 2], ["s", 1, 4]]),
    ("UNION drops doubles", AMBER + "RETURN f.name AS n UNION MATCH (f:Firm) WHERE f.id IN ['f1', 'f2'] RETURN f.name AS n", [["Amber"], ["Birch"]]),
    ("UNION ALL keeps doubles", AMBER + "RETURN f.name AS n UNION ALL MATCH (f:Firm) WHERE f.id IN ['f1', 'f2'] RETURN f.name AS n", [["Amber"], ["Amber"], ["Birch"]]),
    ("ORDER, SKIP and LIMIT", F + "RETURN f.name ORDER BY f.staff DESC SKIP 1 LIMIT 3", [["Cedar"], ["Heath"], ["Amber"]]),
    ("null sorts last", F + "RETURN f.name ORDER BY f.born LIMIT 1", [["Elm"]]),
    ("null sorts first downwards", F + "RETURN f.name ORDER BY f.born DESC LIMIT 1", [["Gale"]]),
    ("reduce", "MATCH (f:Firm {field: 'Sea'}) WITH collect(f.staff) AS s RETURN reduce(n = 0, x IN s | n + x)", [[1030]]),
    ("any, all, single and none", F + "WHERE any(t IN f.tags WHERE t = 'ice') AND NOT all(t IN f.tags WHERE t = 'ice') AND single(t IN f.tags WHERE t = 'ice')"
     " AND none(t IN f.tags WHERE t = 'coal') RETURN f.name ORDER BY f.name", [["Amber"], ["Gale"]]),
    ("dates compare", F + "WHERE f.born >= date('2004-02-29') AND f.born < date('2020-08-08') RETURN f.id ORDER BY f.id", [["f2"], ["f4"]]),
    ("parts of a date", "MATCH (f:Firm {id: 'f2'}) RETURN f.born.year, f.born.month, f.born.day", [[2004, 2, 29]]),
    ("a month after the end of January", "RETURN toString(date('2023-01-31') + duration({months: 1}))", [["2023-02-28"]]),
    ("months between dates", "RETURN duration.between(date('2021-03-01'), date('2022-06-01')).months", [[15]]),
    ("a moment as seconds", "RETURN datetime('2000-01-01T00:00:00Z').epochSeconds", [[946684800]]),
    ("a date comes back as a date", "RETURN date('2023-04-05') AS d", [["2023-04-05"]]),
    ("a path comes back as a path", "MATCH p = (:Firm {id: 'f6'})-[:PARTNERS_WITH]->(:Firm {id: 'f7'}) RETURN size(nodes(p)), p IS NULL", [[2, False]]),
    ("what is on a path", "MATCH p = (:Firm {id: 'f6'})-[:PARTNERS_WITH*2]->() RETURN [n IN nodes(p) | n.id] AS n, [e IN relationships(p) | e.since] AS y, length(p) ORDER BY n, y",
     sorted([n, y, 2] for n, y in trails("f6", 2, 2))),
    ("a test on every edge of a trail", "MATCH (:Firm {id: 'f1'})-[es:PARTNERS_WITH*1..3]->() WHERE all(e IN es WHERE e.since >= 2012) RETURN count(*)",
     [[sum(min(years) >= 2012 for _, years in WAYS)]]),
    ("EXPLAIN runs nothing", "EXPLAIN MATCH (f:Firm {id: 'f1'}) RETURN f", None),
    ("parameters within parameters", F + "WHERE f.staff >= $f.range.least AND f.field IN $f.fields RETURN f.name ORDER BY f.name", [["Amber"], ["Cedar"]]),
    ("coalesce, numbers and pieces of text", "RETURN coalesce(null, 'x'), toInteger('7'), split('a;b', ';'), substring('market', 1, 3)", [["x", 7, ["a", "b"], "ark"]]),
    ("a map drawn from a node", "MATCH (f:Firm {id: 'f1'})-[:SITS_IN]->(p) RETURN f {.name, .field, seat: p.name}", [[{"name": "Amber", "field": "Sea", "seat": "North"}]]),
    ("literals and slices", "RETURN [5, 6, 7, 8][1..3], {a: {b: 9}}.a.b, [5, 6][-1]", [[[6, 7], 9, 6]]),
    ("statistics", F + "RETURN min(f.staff), max(f.staff), sum(f.staff), percentileCont(f.staff, 0.5), round(avg(f.staff), 2)", [[10, 12000, 18680, 200.0, 2075.56]]),
    ("no edge twice in one MATCH", "MATCH (:Firm {id: 'f1'})-[:PARTNERS_WITH]-()-[:PARTNERS_WITH]-() RETURN count(*)", [[len(list(trails("f1", 2, 2, both=True)))]]),
    ("one type or another", "MATCH (:Firm {id: 'f1'})-[r:PARTNERS_WITH|COMPETES_WITH]->() RETURN count(r)", [[4]]),
    ("WITH DISTINCT ordered and cut", F + "WITH DISTINCT f.field AS x ORDER BY x LIMIT 2 RETURN collect(x)", [[["Air", "Rail"]]]),
    ("UNWIND of a range", "UNWIND range(1, 6) AS x WITH x WHERE x % 3 = 0 RETURN collect(x)", [[[3, 6]]]),
    ("arithmetic", "RETURN 9 / 2, 9 / 2.0, 9 % 4, 2 ^ 4, -9 / 2", [[4, 4.5, 1, 16.0, -4]]),
    ("three truth values", "RETURN null = null, 2 IN [null, 2], null OR true, NOT null, null IS NULL", [[None, True, True, None, True]]),
    ("functions on texts", "RETURN trim(' b '), replace('bcd', 'c', 'y'), left('bcd', 2), right('bcd', 2), size('ñué'), reverse('bcd'), toUpper('ñ')",
     [["b", "byd", "bc", "cd", 3, "dcb", "Ñ"]]),
    ("the labels there are", "CALL db.labels() YIELD label WITH label WHERE label IN ['Firm', 'Place'] RETURN label ORDER BY label", [["Firm"], ["Place"]]),
    ("indexes can be shown", "SHOW INDEXES", None),
    ("constraints can be shown", "SHOW CONSTRAINTS", None),
    ("COLLECT of a subquery", AMBER + "RETURN COLLECT { MATCH (f)-[:PARTNERS_WITH]->(o) RETURN DISTINCT o.id ORDER BY o.id }", [[["f2", "f5"]]]),
    ("WHERE within a node", "MATCH (f:Firm WHERE f.staff > 3000) RETURN f.name ORDER BY f.name", [["Cedar"], ["Elm"]]),
    ("patterns joined by commas", "MATCH (a:Firm)-[:PARTNERS_WITH]-(b:Firm), (a)-[:SITS_IN]->(x:Place), (b)-[:SITS_IN]->(y:Place) WHERE x.name < y.name RETURN x.name, y.name, count(*)",
     [[a, b, n] for (a, b), n in sorted(BETWEEN.items())]),
    ("ends of an edge", "MATCH ()-[r:ACQUIRED]-() RETURN DISTINCT startNode(r).id, endNode(r).id", [["f5", "f9"]]),
    ("a property by its name", AMBER + "RETURN f[$key]", [["Amber"]]),
    ("an unknown label has no nodes", "MATCH (n:Nothing) RETURN count(*)", [[0]]),
    ("an unknown type has no edges", F + "WHERE NOT EXISTS { (f)-[:NOTHING]->() } RETURN count(f)", [[9]]),
    ("an unknown property is null", F + "WHERE f.nothing IS NULL RETURN count(f)", [[9]]),
    ("triangles", "MATCH (a:Firm)-[:PARTNERS_WITH]->(b)-[:PARTNERS_WITH]->(c)-[:PARTNERS_WITH]->(a) RETURN count(*)", [[TRIANGLES]]),
    ("OPTIONAL MATCH with WHERE counts zero", F + "OPTIONAL MATCH (f)-[e:PARTNERS_WITH]->(o) WHERE e.since >= 2018 RETURN f.id AS i, count(o) ORDER BY i",
     [[i, sum(a == i and y >= 2018 for a, _, y in PARTNERS)] for i in IDS]),
    ("pairs by what they share", "MATCH (a:Firm)-[:PARTNERS_WITH]-(m:Firm)-[:PARTNERS_WITH]-(b:Firm) WHERE a.id < b.id AND NOT (a)-[:PARTNERS_WITH]-(b)"
     " WITH a, b, count(DISTINCT m) AS n ORDER BY n DESC, a.id, b.id LIMIT 3 RETURN a.id, b.id, n", SHARED),
    ("exists() of old", F + "WHERE exists((f)-[:ACQUIRED]->()) RETURN f.id", [["f5"]]),
    ("any over labels", "MATCH (n) WHERE any(l IN labels(n) WHERE l IN ['Place']) RETURN count(n)", [[2]]),
    ("no hop or one", "MATCH (:Firm {id: 'f5'})-[:PARTNERS_WITH*0..1]->(b) RETURN count(*)", [[2]]),
    ("types and directions mixed", "MATCH (:Firm)-[:COMPETES_WITH]->(r)-[:SITS_IN]->(p)<-[:SITS_IN]-(o:Firm) WHERE r.id = 'f6' RETURN o.name ORDER BY o.name", [["Amber"], ["Birch"], ["Gale"]]),
    ("lists joined, numbers turned", "RETURN [3] + [4], 4 IN [3, 4], toString(5), floor(3.7), abs(-4), sign(-2)", [[[3, 4], True, "5", 3.0, 4, -1]]),
    ("a list as parameter", F + "WHERE f.name IN $names RETURN count(f)", [[2]]),
    ("the edge types there are", "CALL db.relationshipTypes() YIELD relationshipType AS t WITH t WHERE t IN ['PARTNERS_WITH', 'SITS_IN'] RETURN t ORDER BY t", [["PARTNERS_WITH"], ["SITS_IN"]]),
    ("the schema can be drawn", "CALL db.schema.visualization()", None),
    ("OR across variables with EXISTS", "MATCH (f:Firm), (p:Place) WHERE p.id = 'p1' OR EXISTS { (f)-[:ACQUIRED]->() } RETURN count(*)", [[10]]),
]  # fmt: skip
PARAMETERS = {
    "id": "f1",
    "f": {"range": {"least": 700}, "fields": ["Sea", "Rail"]},
    "key": "name",
    "names": ["Elm", "Gale", "No"],
}
