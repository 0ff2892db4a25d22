"""The language of a text, by its script and its commonest words.

>>> detect("The company is one of the partners that work with it and for the market in this country.")
'en'
>>> detect("株式会社は新しい製品を発表しました")
'ja'
"""

from __future__ import annotations

import re
from collections import Counter

COMMON = {
    "en": "the of and to in is that for with as was on are by be from this have has it its an at or",
    "de": "der die das und ist mit von für den dem ein eine im des auf sich nicht auch werden wurde zu",
    "fr": "le la les des et est une dans du pour que qui sur avec par au ce cette sont plus aux ses ont été",
    "es": "el la los las de y que en un una por con para del se es su como más al sus fue ha este esta",
    "it": "il di che la e per un una del della con sono nel alla gli dei delle anche più si è ha questo",
    "pt": "o a os as de que e do da em um uma para com não por dos das ao como mais na no foi são à",
    "nl": "de het een van en is dat op te voor met zijn niet aan er om bij ook naar werd wordt door deze",
    "sv": "och att det som en på är av för med till den har inte om ett från vid så de var kan",
    "da": "og at det som en på er af for med til den har ikke om et fra ved så de var kan blev",
    "pl": "i w na z się do że jest nie to oraz dla od przez po jako jego był które która ich",
}
WORDS = {language: frozenset(words.split()) for language, words in COMMON.items()}
SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
)
SAMPLE = 20_000
FEWEST = 4


def detect(text: str) -> str | None:
    """Two letters, or None where the text is too short to tell."""
    sample = text[:SAMPLE]
    for language, script in SCRIPTS:
        if len(script.findall(sample)) > 0.1 * len(sample):
            return language
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    hits = {language: sum(words[word] for word in common) for language, common in WORDS.items()}
    best = max(hits, key=lambda language: hits[language])
    return best if hits[best] >= FEWEST and hits[best] > 0.08 * words.total() else None


def code(declared: object) -> str | None:
    """Two letters of what a file declares: "en-US", "de_DE", "EN"."""
    found = re.match(r"([a-z]{2})(?![a-z])", str(declared or "").strip().lower())
    return found[1] if found else None
