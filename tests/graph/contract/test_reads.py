from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph.store import Graph
from graph.values import plain

from ..conftest import clear
from .market import LOAD
from .reads import PARAMETERS, READS

NOT_EMBEDDED = {
    "SHORTEST 1": "the embedded engine has no SHORTEST k",
    "OR with a list of another node": "the embedded engine overlooks the node in the list: docs/stores.md",
}


@pytest.fixture(scope="module")
def market(store: Graph) -> Iterator[Graph]:
    clear(store)
    for text, rows in LOAD:
        store.driver.execute_query(text, {"r": rows}, database_=store.database)  # type: ignore[arg-type]
    yield store
    clear(store)


@pytest.mark.parametrize(("name", "text", "expected"), READS, ids=[r[0] for r in READS])
def test_read(request: pytest.FixtureRequest, market: Graph, name: str, text: str, expected: Any) -> None:
    if name in NOT_EMBEDDED and market.database == "ecomap":
        request.applymarker(pytest.mark.xfail(reason=NOT_EMBEDDED[name], strict=True))
    with market.driver.session(database=market.database) as session:
        found = session.execute_read(
            lambda tx: [[plain(v) for v in r.values()] for r in tx.run(text, PARAMETERS)]  # type: ignore[arg-type]
        )
    if expected is not None:
        ordered = "ORDER BY" in text
        assert (found if ordered else sorted(found, key=repr)) == (
            expected if ordered else sorted(expected, key=repr)
        )
