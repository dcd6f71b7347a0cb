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


ESSAY = {
    "article-and-musings.png": (
        "show western-iraq-2017 --on 2017-11-02 --lens only:article --lens only:musings"
    ),
    "villages.png": "chart western-iraq-2017 villages\u00a0taken --size 1200x675",
    "delay.png": "chart western-iraq-2017 delay --size 1200x675",
}
"""The pictures of the essay, and the commands that draw them."""


def essay() -> None:
    """Draw what `what-the-sources-disagree-about.md` shows."""
    from replay.cli import start

    for name, command in ESSAY.items():
        words = [word.replace("\u00a0", " ") for word in command.split(" ")]
        assert start([*words, "-o", str(HERE / "img" / name)]) == 0, name


if __name__ == "__main__":
    main()
    essay()
