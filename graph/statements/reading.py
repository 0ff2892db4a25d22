"""Whether a Cypher text only reads: told from its words, strings and comments left out.

>>> refusal("MATCH (n {name: 'CREATE'}) RETURN n // DELETE")
>>> refusal("MATCH (n) SET n.x = 1")
'it would write (SET)'
"""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"""(?P<skip>\s+ | //[^\n]* | /\*.*?\*/)
      | (?P<text>'(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*")
      | (?P<quoted>`(?:``|[^`])*`)
      | (?P<word>[^\W\d]\w*)
      | (?P<number>\d\w*)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
WRITES = {
    *("CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "FOREACH", "INSERT", "DROP", "ALTER", "GRANT", "DENY"),
    *("REVOKE", "START", "STOP", "TERMINATE", "RENAME", "DRYRUN", "ENABLE", "DEALLOCATE", "REALLOCATE"),
}  # fmt: skip
FIRST = {"MATCH", "OPTIONAL", "RETURN", "WITH", "UNWIND", "CALL", "EXPLAIN", "PROFILE", "SHOW"}
SHOWN = {"INDEX", "INDEXES", "CONSTRAINT", "CONSTRAINTS", "PROCEDURES", "FUNCTIONS"}
PROCEDURES = {
    "db.labels", "db.relationshiptypes", "db.propertykeys", "db.schema.visualization",
    "db.schema.nodetypeproperties", "db.schema.reltypeproperties", "dbms.components",
}  # fmt: skip
Token = tuple[str, str]


def refusal(text: str) -> str | None:
    """Why the text may not run, or None."""
    found = tokens(text)
    if not found:
        return "it is empty"
    if (first := found[0][1].upper()) not in FIRST:
        return f"it begins with {first}"
    return _unbalanced(found) or next(filter(None, (_refused(found, i) for i in range(len(found)))), None)


def tokens(text: str) -> list[Token]:
    """Kind and text, without blanks and comments.

    Unicode escapes are part of the language in some engines: a word written with one is not read here.
    """
    found = [(m.lastgroup or "", m.group()) for m in TOKEN.finditer(text)]
    return [t for t in found if t[0] != "skip"]


def _unbalanced(tokens: list[Token]) -> str | None:
    """A quote or backslash that no token took: what follows could be read in two ways."""
    bad = [t for kind, t in tokens if kind == "sign" and t in "'\"`\\"]
    return f"it has a stray {bad[0]}" if bad else None


def _refused(tokens: list[Token], i: int) -> str | None:
    kind, word = tokens[i]
    if kind == "sign" and word == ";" and i + 1 < len(tokens):
        return "it holds more than one statement"
    if kind != "word" or _is_name(tokens, i):
        return None
    word = word.upper()
    if word in WRITES:
        return f"it would write ({word})"
    if word == "LOAD":
        return "LOAD CSV reads files"
    if word == "USE":
        return "USE changes the database"
    if word == "CALL":
        return _call(tokens, i)
    if word == "SHOW" and _after(tokens, i) not in SHOWN:
        return f"SHOW {_after(tokens, i)} is not allowed"
    return None


def _is_name(tokens: list[Token], i: int) -> bool:
    """n.set, :Set, :A|Set, $set and {set: 1} are names, not clauses; what follows `1.` or `..` is not."""
    before = tokens[i - 1][1] if i else ""
    if before == ".":
        return i > 1 and tokens[i - 2][1] != "." and tokens[i - 2][0] != "number"
    return before in ("$", ":", "|") or (before in ("{", ",") and _after(tokens, i) == ":")


def _call(tokens: list[Token], i: int) -> str | None:
    if _after(tokens, i) in ("{", "("):
        return None
    name = ""
    for kind, word in tokens[i + 1 :]:
        if kind not in ("word", "quoted") and word != ".":
            break
        if name and not name.endswith(".") and word != ".":
            break
        name += word.strip("`")
    return None if name.lower() in PROCEDURES else f"procedure {name} is not on the list of those allowed"


def _after(tokens: list[Token], i: int) -> str:
    return tokens[i + 1][1].upper() if i + 1 < len(tokens) else ""
