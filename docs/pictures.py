"""Makes the picture and the animation of the README: `python docs/pictures.py`."""

from __future__ import annotations

from pathlib import Path

import replay

HERE = Path(__file__).parent


def main() -> None:
    """Draw one day of the flagship, and the battle for al-Qa'im in a small animation."""
    timeline = replay.run("western-iraq-2017")
    replay.export(timeline, HERE / "img" / "al-qaim.png", on="2017-11-03")
    days = ("2017-10-25", "2017-11-05")
    replay.export(timeline, HERE / "img" / "campaign.gif", size=(960, 540), fps=2, days=days)


if __name__ == "__main__":
    main()
