"""Legal forms of a name: at its end by cleanco's lists and our own, at its beginning where that is the custom.

>>> legal_ends(["infinitt", "healthcare", "co", "ltd"])
2
>>> legal_begins(["pjsc", "gazprom"])
1
>>> compatible("kgaa", "and co"), compatible("oyj", "corporation"), compatible("inc", "")
(False, True, True)
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from graph.ids import fold

OWN = (
    "inc;incorporated;corp;corporation;company;co;co ltd;ltd;limited;llc;l l c;llp;lllp;lp;plc;p l c;pllc;pc;p c;pbc;gmbh;"
    "mbh;gmbh and co kg;gmbh and co kgaa;ag;ag and co kgaa;ag and co kg;se and co kgaa;se;sa;s a;spa;s p a;srl;s r l;sarl;"
    "s a r l;sas;nv;n v;bv;b v;ab;ab publ;publ;asa;as;a s;oy;oyj;aps;hf;ehf;kk;k k;kabushiki kaisha;kabushiki gaisha;"
    "godo kaisha;gk;pty;pty ltd;proprietary limited;pte;pte ltd;pvt;pvt ltd;private limited;bhd;sdn bhd;berhad;tbk;jsc;"
    "pjsc;ojsc;cjsc;pao;oao;zao;ooo;sa de cv;s a de c v;s a b de c v;sab de cv;s de rl de cv;ltda;eireli;kgaa;kg;ug;ohg;eg;"
    "ev;e v;ulc;na;n a;lda;slu;sl;s l;dac;clg;scrl;sca;s c a;scs;saa;s a a;sac;s a c;sae;s a e;public limited company;"
    "limited liability company;limited partnership;aktiengesellschaft;aktiebolag;aktieselskab;osakeyhtio;naamloze vennootschap;"
    "besloten vennootschap;societe anonyme;sociedad anonima;societa per azioni;spolka akcyjna;akciova spolecnost;"
    "anonim sirketi;public company limited;pcl;public company;saog;fzco;fze;fz llc;wll;w l l;qpsc;qsc;psc;k s c;ltee;"
    "ltd liability co;d d;dd;d o o;doo;s r o;sro;a s;z o o;sp z o o;sp z oo;z oo;sa rl;zrt;nyrt;kft;rt;as publ;a d;ad;eood;ead;uab;sia;"
    "ltd sti;san ve tic a s;ve tic a s;persero;persero tbk;ооо;оао;зао;пао;ао;тов;тоо;αε;α ε;בעמ;株式会社;有限公司;股份有限公司"
)
# forms that stand before the name: PJSC Gazprom, PT Bank Central Asia Tbk, Aktiebolaget Electrolux
LEADING = "pt;pjsc;pao;oao;zao;ooo;ojsc;cjsc;jsc;uab;sia;aktiebolaget;ab;a s;as;publichnoye aktsionernoye obshchestvo;ооо;оао;зао;пао;ао;тов;тоо;株式会社"
# where each form is at home; a form that is not here is the English rendering of many
HOMES = {
    "german": "ag gmbh mbh kgaa kg ug ohg eg ev aktiengesellschaft",
    "french": "sas sarl sca scs ltee",
    "latin": "sa saa sac sl slu srl spa ltda lda cv sae anonima anonyme azioni",
    "dutch": "nv bv",
    "nordic": "ab asa as aps oy oyj publ hf ehf aktiebolag aktiebolaget",
    "indonesian, malay": "tbk bhd berhad pt",
    "slavic": "pjsc ojsc cjsc pao oao zao ooo doo sro dd ad eood ead zoo",
    "american": "inc incorporated llc",
    "british": "plc llp ltd limited pty pte pvt dac",
}
RENDERINGS = frozenset(
    ["british german", "british nordic", "american british"]
)  # Roche Holding Ltd is Roche Holding AG
# cleanco knows these too, but they end more names as words than as legal forms
ORDINARY = (
    "da et pp ee ij xk xt dat vat zat og sd mb nl private kt kb ks kd cpt ay sal esv aj pt fie tov teo stg mchj nuf ae oe ans hb bt"
    " gie qk kv sae unlimited ood st i s p f o e gen"
)


def legal_ends(tokens: Sequence[str]) -> int:
    """How many tokens at the end are a legal form."""
    for length in (6, 5, 4, 3, 2, 1):
        if len(tokens) > length and " ".join(tokens[-length:]) in _forms():
            return length
    return 0


def legal_begins(tokens: Sequence[str]) -> int:
    """How many tokens at the beginning are a legal form; one that may be a word needs a name of one word behind it."""
    for length in (3, 2, 1):
        if len(tokens) > length and " ".join(tokens[:length]) in _list(LEADING, ";"):
            doubtful = tokens[0] in ("ab", "as", "a") and (len(tokens) > length + 1 or len(tokens[-1]) < 3)
            return 0 if doubtful else length
    return 0


def compatible(left: str, right: str) -> bool:
    """Whether two legal forms may be those of one company: equal, one missing, or one the English rendering of the other."""
    if not left or not right or left == right:
        return True
    if _is_and_company(left) != _is_and_company(right):
        return False
    one, two = _home(left), _home(right)
    return not one or not two or one == two or " ".join(sorted((one, two))) in RENDERINGS


def _is_and_company(form: str) -> bool:
    """ "& Co." belongs to the name of a house: Merck & Co. is not Merck KGaA."""
    return form.startswith(("and co", "and company")) and "kg" not in form


def _home(form: str) -> str:
    joined = form.replace(" ", "")
    for home, forms in HOMES.items():
        if any(t in forms.split() for t in (*form.split(), joined)):
            return home
    return ""


@cache
def _list(joined: str, by: str) -> frozenset[str]:
    return frozenset(joined.split(by))


@cache
def _forms() -> frozenset[str]:
    from cleanco import termdata  # type: ignore[import-untyped]

    theirs = (fold(term) for terms in termdata.terms_by_type.values() for term in terms)
    return frozenset(t for t in theirs if t not in _list(ORDINARY, " ")) | _list(OWN, ";")
