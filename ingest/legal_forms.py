"""Legal forms at the end of a name: cleanco's lists and our own.

>>> legal_ends(["infinitt", "healthcare", "co", "ltd"])
2
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from graph.ids import fold

OWN = (
    "inc;incorporated;corp;corporation;company;co;co ltd;ltd;limited;llc;l l c;llp;lp;plc;p l c;pllc;pc;p c;gmbh;"
    "gmbh and co kg;gmbh and co kgaa;ag and co kgaa;ag;se;sa;s a;spa;s p a;srl;s r l;sarl;sas;nv;n v;bv;b v;ab;asa;as;"
    "a s;oy;oyj;aps;kk;k k;kabushiki kaisha;godo kaisha;pty;pty ltd;pte;pte ltd;pvt;pvt ltd;private limited;bhd;"
    "sdn bhd;berhad;tbk;jsc;pjsc;ojsc;ooo;sa de cv;s a de c v;s a b de c v;sab de cv;ltda;eireli;kgaa;kg;ug;ulc;"
    "na;n a;lda;slu;sl;dac;scrl;sca;public limited company;limited liability company;aktiengesellschaft;"
    "societe anonyme;public company limited;pcl;saog;fzco;fze;wll;w l l;ltee;ltd liability co"
)
# cleanco knows these too, but they end more names as words than as legal forms
ORDINARY = frozenset(
    [
        "da",
        "et",
        "pp",
        "ee",
        "ij",
        "xk",
        "xt",
        "dat",
        "vat",
        "zat",
        "og",
        "sd",
        "mb",
        "nl",
        "private",
        "kt",
        "kb",
        "ks",
        "kd",
        "cpt",
        "ay",
        "sal",
        "esv",
        "aj",
        "pt",
        "fie",
        "tov",
        "teo",
        "stg",
        "mchj",
        "nuf",
        "ae",
        "oe",
        "ans",
        "hb",
        "bt",
        "gie",
        "qk",
        "kv",
        "rt",
        "hf",
        "sae",
        "unlimited",
        "stg",
        "scs",
        "ood",
        "st",
        "i",
        "s",
        "p",
        "s",
        "s",
        "f",
        "s",
        "s",
        "o",
        "e",
        "e",
        "e",
    ]
)


def legal_ends(tokens: Sequence[str]) -> int:
    """How many tokens at the end are a legal form."""
    for length in (5, 4, 3, 2, 1):
        if len(tokens) > length and " ".join(tokens[-length:]) in _forms():
            return length
    return 0


@cache
def _forms() -> frozenset[str]:
    from cleanco import termdata  # type: ignore[import-untyped]

    theirs = (fold(term) for terms in termdata.terms_by_type.values() for term in terms)
    return frozenset(t for t in theirs if t not in ORDINARY) | frozenset(OWN.split(";"))
