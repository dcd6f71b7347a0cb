"""`python -m benchmarks [WORD …]`: print the ratios, and write them beside this file.

With words, only the modules of these names run, and nothing is written.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks import certainty, film, moments, reading, single, startup, table
from benchmarks.timing import Result

MODULES = {"reading": reading, "table": table, "single": single, "moments": moments}
MODULES |= {"certainty": certainty, "startup": startup, "film": film}


def main(words: list[str]) -> None:
    found: list[Result] = []
    for name, module in MODULES.items():
        if not words or name in words:
            for result in module.results():
                print(line(result), flush=True)
                found.append(result)
    if not words:
        path = Path(__file__).with_name("results.json")
        rows = [
            {"name": r.name, "ratio": float(f"{r.ratio:.3g}"), "goal": r.goal, "ok": r.ok}
            for r in found
        ]
        path.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")
        missed = sum(not result.ok for result in found)
        print(f"\n{len(found) - missed} of {len(found)} goals reached; written to {path}")


def line(result: Result) -> str:
    verdict = "ok  " if result.ok else "MISS"
    spread = f"({result.low:.3g} … {result.high:.3g})" if result.low < result.high else ""
    return (
        f"{verdict} {result.ratio:8.3g} {spread:18} goal {result.goal:<5g} "
        f"{result.name}  [{result.note}]"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
