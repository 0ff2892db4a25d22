"""How resolution grows: generated company names with known truth at 10k, 30k and 100k.

python -m benchmarks.names [SIZE ...]
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from graph.model import Document, Mention, Record
from ingest.resolve import resolve

SYLLABLES = [
    "al",
    "an",
    "ar",
    "be",
    "bo",
    "bra",
    "ca",
    "ce",
    "co",
    "cu",
    "da",
    "de",
    "do",
    "el",
    "en",
    "fa",
    "fi",
    "ga",
    "ge",
    "ha",
    "hel",
    "in",
    "jo",
    "ka",
    "ki",
    "la",
    "le",
    "lo",
    "lu",
    "ma",
    "me",
    "mi",
    "mo",
    "na",
    "ne",
    "no",
    "nu",
    "o",
    "pa",
    "per",
    "po",
    "qua",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "si",
    "so",
    "ta",
    "te",
    "ti",
    "to",
    "tra",
    "u",
    "va",
    "ve",
    "vi",
    "vo",
    "wa",
    "xe",
    "yo",
    "za",
    "ze",
    "zi",
]
ORDINARY = [
    "Health",
    "Medical",
    "Imaging",
    "Radiology",
    "Care",
    "Capital",
    "Energy",
    "Systems",
    "Solutions",
    "Technologies",
    "Group",
    "Partners",
    "Logistics",
    "Foods",
    "Bank",
    "Insurance",
    "Software",
    "Networks",
    "Materials",
    "Motors",
    "Robotics",
    "Media",
    "Labs",
    "Diagnostics",
    "Analytics",
    "Security",
    "Services",
    "Holdings",
]
FORMS = ("", " Inc.", ", Inc.", " LLC", " Ltd", " Corporation", " GmbH", " plc", " S.A.", " AG")
PLACES = ("North America", "Japan", "India", "UK", "Germany", "Canada")
A_DOCUMENT = 20


def generate(size: int, *, seed: int = 7) -> list[tuple[str, int]]:
    """Names with the number of their company: legal forms, case, accents, acronyms; twins and regional units apart."""
    chance = random.Random(seed)
    names: dict[str, int] = {}
    company = 0
    while len(names) < size:
        company += 1
        word = "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()
        base = " ".join([word, *chance.sample(ORDINARY, chance.randint(1, 2))])
        for name in {base + f for f in chance.sample(FORMS, chance.randint(1, 4))} | _variant(base, chance):
            names.setdefault(name, company)
        if chance.random() < 0.1:
            company += 1
            names.setdefault(f"{word} {chance.choice(PLACES)}", company)
    return sorted(names.items())[:size]


def _variant(base: str, chance: random.Random) -> set[str]:
    roll = chance.random()
    if roll < 0.1:
        return {base.upper()}
    if roll < 0.15:
        return {base.replace(" ", "  ", 1).rsplit(" ", 1)[0]}
    return set()


def records(names: list[tuple[str, int]]) -> Iterator[Record]:
    order = [name for name, _ in names]
    random.Random(3).shuffle(order)
    for number in range(0, len(order), A_DOCUMENT):
        part = order[number : number + A_DOCUMENT]
        text, mentions = "", []
        for name in part:
            mentions.append(Mention(len(text), len(text) + len(name), name, "Company", name))
            text += name + "\n"
        yield Record(Document(f"{number:08}", f"{number}.txt", text, ()), tuple(mentions), (), "benchmark")


def measure(size: int) -> str:
    names = generate(size)
    truth = dict(names)
    told = list(records(names))
    start, busy = time.perf_counter(), time.process_time()
    found = resolve(told)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    entity = {n: e["id"] for e in found.entities for n in (e["name"], *e["aliases"])}
    suggested = {(r["left"], r["right"]) for r in found.same if r["outcome"] == "suggest"}
    right, merged, all_true, covered = 0, 0, 0, 0
    for together in _together(entity):
        for a, b in combinations(together, 2):
            merged += 1
            right += truth[a] == truth[b]
    for together in _together(truth):
        for a, b in combinations(together, 2):
            all_true += 1
            covered += entity[a] == entity[b] or tuple(sorted((entity[a], entity[b]))) in suggested
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return (
        f"{size:>7} names {seconds:7.1f} s ({busy:.1f} s of one core)  {memory:.2f} GB peak  {len(found.entities)} entities  "
        f"automatic precision {right / max(merged, 1):.4f} recall {right / max(all_true, 1):.4f}  "
        f"with suggestions recall {covered / max(all_true, 1):.4f}  {len(suggested)} suggestions"
    )


def _together(groups: dict[str, str] | dict[str, int]) -> list[list[str]]:
    found: dict[str | int, list[str]] = defaultdict(list)
    for name, mark in groups.items():
        found[mark].append(name)
    return list(found.values())


if __name__ == "__main__":
    for wanted in [int(a) for a in sys.argv[1:]] or [10_000, 30_000, 100_000]:
        print(measure(wanted), flush=True)
