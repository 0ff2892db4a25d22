"""Questions whose answer is drawn: they give paths, which the Browser shows as nodes and edges."""

from __future__ import annotations

from ..question import Parameter, Question, company

MARKET = Parameter("market", "a market, by any of its names", "entity", required=True, kinds=("Market",))


def _picture(
    name: str, about: str, cypher: str, *parameters: Parameter, columns: tuple[str, ...] = ("p",)
) -> Question:
    return Question(name=name, about=about, columns=columns, cypher=cypher, parameters=parameters)


PICTURES = (
    _picture("contents", "How many companies, claims, documents there are.", """
MATCH (n)
WHERE n.ecomapKey IS NOT NULL
UNWIND labels(n) AS label
WITH label, count(*) AS nodes
WHERE label <> 'Entity'
RETURN label, nodes ORDER BY nodes DESC, label
""", columns=("label", "nodes")),
    _picture("whole_ecosystem", "The companies and how they are joined.", """
MATCH p = (a:Entity)-[e:PARTNERS_WITH|AFFILIATED_WITH|ACQUIRED|MERGED_WITH|SUBSIDIARY_OF|INVESTED_IN
  |CUSTOMER_OF|COMPETES_WITH]->(b:Entity)
WHERE e.ecomapKey IS NOT NULL
RETURN p ORDER BY e.sources DESC, e.ecomapKey LIMIT 200
"""),
    _picture("partner_network", "The partners of a company, and theirs.", """
MATCH p = (c:Entity {id: $company})-[:PARTNERS_WITH|AFFILIATED_WITH*1..2]-(o:Entity)
RETURN p ORDER BY length(p), o.id LIMIT 200
""", company()),
    _picture("all_around", "Everything that touches a company.", """
MATCH p = (c:Entity {id: $company})-[e]-(o:Entity)
WHERE type(e) <> 'MAYBE_SAME'
RETURN p ORDER BY type(e), o.id LIMIT 200
""", company()),
    _picture("partners_in_common", "Whom a company works with, and who else works with them.", """
MATCH p = (a:Entity {id: $company})-[:PARTNERS_WITH|AFFILIATED_WITH]-(shared:Entity)
  -[:PARTNERS_WITH|AFFILIATED_WITH]-(b:Entity)
WHERE b.id <> $company
RETURN p ORDER BY shared.id, b.id LIMIT 200
""", company()),
    _picture("shortest_paths", "The shortest ways from one company to another.", """
MATCH (a:Entity {id: $company}), (b:Entity {id: $other})
MATCH p = allShortestPaths((a)-[:PARTNERS_WITH|AFFILIATED_WITH|ACQUIRED|MERGED_WITH|SUBSIDIARY_OF
  |INVESTED_IN|CUSTOMER_OF*..6]-(b))
RETURN p LIMIT 20
""", company("where the path starts"), company("where it ends", "other")),
    _picture("market_players", "A market with its players and what joins them.", """
MATCH p = (c:Entity)-[:ACTIVE_IN]->(m:Market {id: $market})
RETURN p ORDER BY c.id LIMIT 200
""", MARKET),
    _picture("places", "Where a company is, up to countries and continents.", """
MATCH p = (c:Entity {id: $company})-[:OPERATES_IN|HEADQUARTERED_IN]->(r:Region)-[:PART_OF*0..8]->(area:Region)
RETURN p ORDER BY length(p), r.id, area.id LIMIT 200
""", company()),
    _picture("places_of_others", "Where the players of a company's markets are and it is not.", """
MATCH (c:Entity {id: $company})
OPTIONAL MATCH (c)-[:OPERATES_IN|HEADQUARTERED_IN]->(here:Region)-[:PART_OF*0..8]->(covered:Region)
WITH c, collect(DISTINCT covered.id) AS covered
MATCH p = (c)-[:ACTIVE_IN]->(m:Market)<-[:ACTIVE_IN]-(o:Entity)-[:OPERATES_IN|HEADQUARTERED_IN]->(r:Region)
WHERE NOT r.id IN covered
RETURN p ORDER BY r.id, o.id LIMIT 200
""", company()),
    _picture("claims_and_documents", "What is claimed of a company, whatever its status, and the documents that say so.", """
MATCH (c:Entity {id: $company})<-[:SUBJECT|OBJECT]-(k:Claim)
WITH DISTINCT k ORDER BY k.id LIMIT 60
MATCH p = (s:Entity)<-[:SUBJECT]-(k)-[:OBJECT]->(o:Entity)
MATCH q = (k)-[v:EVIDENCED_BY]->(d:Document)
RETURN p, q ORDER BY k.id, v.id
""", company(), columns=("p", "q")),
    _picture("contradictions", "Claims that sources contradict, with the documents of every side.", """
MATCH p = (s:Entity)<-[:SUBJECT]-(k:Claim)-[:OBJECT]->(o:Entity)
WHERE k.contested
MATCH q = (k)-[v:EVIDENCED_BY]->(d:Document)
RETURN p, q ORDER BY k.id, v.id LIMIT 200
""", columns=("p", "q")),
    _picture("maybe_the_same", "Pairs of names that may mean the same.", """
MATCH p = (a:Entity)-[m:MAYBE_SAME]->(b:Entity)
WHERE m.outcome = 'suggest'
RETURN p ORDER BY m.score DESC, a.id, b.id LIMIT 100
"""),
)  # fmt: skip
