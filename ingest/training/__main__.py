"""Every stage that makes the models that ship, in order: `make train`.

The corpus is looked for beside the project; --work keeps what a later stage needs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpus", default="../shared/corpus")
    options.add_argument("--work", default=".venv-train/work")
    chosen = options.parse_args()
    for stage in stages(chosen.corpus, chosen.work):
        print("==", *stage, flush=True)
        subprocess.run([sys.executable, "-m", *stage], check=True)


def stages(corpus: str, work: str) -> Iterator[list[str]]:
    """The commands, names first: the relations are judged on the names that were found."""
    yield ["ingest.training.names_gazetteer"]
    for stage in ("folds", "tagger", "export", "stack"):
        yield ["ingest.training.names", stage, "--work", f"{work}/names"]
    for stage in ("coreference", "half", "pairs", "claims"):
        folders = ["--work", f"{work}/relations", "--names", f"{work}/names"]
        yield ["ingest.training.relations", stage, "--corpus", corpus, *folders]


if __name__ == "__main__":
    main()
