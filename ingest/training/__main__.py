"""Every stage that makes the models that ship, in order: `make train`.

The corpus is looked for beside the project; --work keeps what a later stage needs. Stages that do not need one another run side by
side, each on one thread, so that the same weights come out whatever the machine has.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpus", default="../shared/corpus")
    options.add_argument("--work", default=".venv-train/work")
    chosen = options.parse_args()
    for together in stages(chosen.corpus, chosen.work):
        run(together)


def stages(corpus: str, work: str) -> Iterator[list[list[str]]]:
    """The commands, names first: the relations are judged on the names that were found."""

    def names(stage: str, *more: str) -> list[str]:
        return ["ingest.training.names", stage, *more, "--corpus", corpus, "--work", f"{work}/names"]

    def relations(stage: str, *more: str) -> list[str]:
        folders = ["--corpus", corpus, "--work", f"{work}/relations", "--names", f"{work}/names"]
        return ["ingest.training.relations", stage, *more, *folders]

    halves = (["--half", "0"], ["--half", "1"])
    yield [["ingest.training.names_gazetteer"], relations("coreference")]
    yield [names("encoder")]
    yield [names("fold", *half) for half in halves]
    yield [names("tagger")]
    yield [names("stack")]
    yield [relations("half", *half) for half in halves]
    yield [relations("further", *half) for half in halves]
    yield [relations("pairs")]
    yield [relations("claims")]


def run(together: list[list[str]]) -> None:
    """Side by side; all are waited for, also when one fails."""
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    begun = []
    for stage in together:
        print("==", *stage, flush=True)
        begun.append(subprocess.Popen([sys.executable, "-m", *stage], env=environment))
    failed = [process.args for process in begun if process.wait() != 0]
    if failed:
        sys.exit(f"failed: {failed}")


if __name__ == "__main__":
    main()
