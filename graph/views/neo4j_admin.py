"""Import files for ``neo4j-admin database import full``: a first load of millions.

One CSV file a label and edge type; ``import.args`` tells the tool what each holds, and ``finish.cypher`` makes the
constraints and the lists that are empty, which no CSV file can say. What is there then is what a write leaves:

    cd FOLDER
    neo4j-admin database import full neo4j @import.args
    (start the server)
    cypher-shell -f finish.cypher
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..errors import InvalidValue
from ..projection import Projection, Row
from ..statements import statement
from ..writing import OWN, Part, parts

OPTIONS = ("--id-type=string", "--multiline-fields=true")
DELIMITERS = [chr(n) for n in (*range(0x1F, 0x0D, -1), *range(0x08, 0x00, -1))]
TYPES = {bool: "boolean", int: "long", float: "double", str: "string", list: "string[]"}


def neo4j_admin(projection: Projection, folder: Path) -> list[Path]:
    """Write the files; gives the CSV files, in the order of ``import.args``."""
    folder.mkdir(parents=True, exist_ok=True)
    held = [part for part in parts(projection) if part.rows]
    apart = _delimiter(held)
    files = {path: part for part in held for path in _write_tables(part, folder, apart)}
    arguments = [*OPTIONS, f"--array-delimiter=U+{ord(apart):04X}", *(_argument(*f) for f in files.items())]
    (folder / "import.args").write_text("".join(f"{a}\n" for a in arguments), "utf-8")
    (folder / "finish.cypher").write_text("".join(f"{s};\n" for s in _finish(held)), "utf-8")
    return list(files)


def _argument(path: Path, part: Part) -> str:
    return f"--{'relationships' if part.ends else 'nodes'}={part.label}={path.name}"


def _delimiter(held: list[Part]) -> str:
    """A character that stands in no list."""
    lists = (v for part in held for row in part.rows.values() for v in row["properties"].values())
    taken = {c for v in lists if isinstance(v, list) for item in v for c in item if c < " "}
    free = next((c for c in DELIMITERS if c not in taken), None)
    if free is None:
        raise InvalidValue(
            "Every control character stands in some list, and one is needed to tell their items apart."
        )
    return free


def _write_tables(part: Part, folder: Path, apart: str) -> Iterator[Path]:
    name = f"{'edges' if part.ends else 'nodes'}-{part.label.split(':')[-1]}"
    for n, rows in enumerate(_of_one_type(part.rows.values()), 1):
        path = folder / (f"{name}.csv" if n == 1 else f"{name}-{n}.csv")
        types = {k: v for row in rows for k, v in _types(row).items() if k != "ecomapKey"}
        columns = sorted(types)
        lines = [_ids(part) + [f"{k}:{types[k]}" for k in columns]]
        lines += [
            _keys(part, row) + [_cell(row["properties"].get(k), apart) for k in columns] for row in rows
        ]
        path.write_text("".join(",".join(line) + "\n" for line in lines), "utf-8", newline="")
        yield path


def _of_one_type(rows: Iterable[Row]) -> list[list[Row]]:
    """A column has one type: rows whose values of a property differ in theirs go into different files."""
    rows = list(rows)
    types = defaultdict(set)
    for row in rows:
        for key, type in _types(row).items():
            types[key].add(type)
    mixed = [key for key in sorted(types) if len(types[key]) > 1]
    apart = defaultdict(list)
    for row in rows:
        apart[tuple(_types(row).get(key, "") for key in mixed)].append(row)
    return [apart[key] for key in sorted(apart)]


def _types(row: Row) -> dict[str, str]:
    return {key: TYPES[type(value)] for key, value in row["properties"].items()}


def _ids(part: Part) -> list[str]:
    if part.ends is None:
        return [f"ecomapKey:ID({_space(part.label)})"]
    left, right = part.ends
    return [f":START_ID({left})", f":END_ID({right})", "ecomapKey:string"]


def _space(label: str) -> str:
    return label.split(":")[0]


def _keys(part: Part, row: Row) -> list[str]:
    return [_quoted(row[k]) for k in (("left", "right", "key") if part.ends else ("key",))]


def _cell(value: Any, apart: str) -> str:
    """An empty cell is no value; in quotes it is an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _quoted(value)
    # one empty text would be read as no list: a delimiter too many gives two, which is worse
    if value == [""]:
        raise InvalidValue("A list that holds one empty text cannot be imported. Leave the empty text away.")
    return _quoted(apart.join(value)) if value else ""


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _finish(held: list[Part]) -> Iterator[str]:
    for name in OWN:
        yield statement(f"constraint_{name}").strip()
        yield statement(f"index_{name}").strip()
    for part in held:
        for key in _empty(part):
            yield _fill(part, key)


def _empty(part: Part) -> list[str]:
    """Properties that are an empty list where the file has no value."""
    empty: dict[str, int] = defaultdict(int)
    present: dict[str, int] = defaultdict(int)
    for row in part.rows.values():
        for key, value in row["properties"].items():
            present[key] += 1
            empty[key] += value == []
    for key in empty:
        if empty[key] and present[key] < len(part.rows):
            raise InvalidValue(
                f"{part.label} has {key} as an empty list in {empty[key]} rows and no {key} in"
                f" {len(part.rows) - present[key]}, which a CSV file cannot tell apart. Give all rows a list."
            )
    return sorted(key for key, n in empty.items() if n)


def _fill(part: Part, key: str) -> str:
    """The words are of the vocabulary and of the rows' own properties, never of a document."""
    if part.ends is None:
        found = f"MATCH (n:{part.label})"
    else:
        found = f"MATCH (:{part.ends[0]})-[n:{part.label}]->(:{part.ends[1]})"
    return (
        f"{found} WHERE n.ecomapKey IS NOT NULL AND n.{key} IS NULL"
        f" CALL {{ WITH n SET n.{key} = [] }} IN TRANSACTIONS OF 10000 ROWS"
    )
