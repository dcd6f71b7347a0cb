"""Makes the pictures of the README and of the pages here: `python docs/pictures.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import replay

HERE = Path(__file__).parent


def main() -> None:
    """Draw the battle for al-Qa'im in a small animation."""
    timeline = replay.run("western-iraq-2017")
    days = ("2017-10-25", "2017-11-05")
    options: dict[str, Any] = {"size": (960, 540), "fps": 5, "cards": False, "length": 36}
    replay.export(timeline, HERE / "img" / "campaign.gif", days=days, **options)


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
    from replay.frontends.cli import start

    for name, command in ESSAY.items():
        words = [word.replace("\u00a0", " ") for word in command.split(" ")]
        assert start([*words, "-o", str(HERE / "img" / name)]) == 0, name


SHOWN: dict[str, tuple[str, dict[str, Any]]] = {
    "style-newspaper.webp": ("2017-10-31", {"style": "newspaper"}),
    "style-dark.webp": ("2017-10-31", {"style": "dark"}),
    "style-print.webp": ("2017-10-31", {"style": "print"}),
    "size-square.webp": ("2017-11-17", {"size": "square"}),
    "size-upright.webp": ("2017-11-17", {"size": "upright"}),
    "with-tint-front.webp": ("2017-10-31", {"extra": ("tint", "front")}),
    "with-age.webp": ("2017-11-12", {"extra": ("age",)}),
}
"""The pictures of `pictures.md`: the day and what is asked for."""
WIDE, HIGH = 800, 800


def shown() -> None:
    """Draw what `pictures.md` shows, small; of what lies on the map, the map alone."""
    import io

    from PIL import Image

    from replay.picture.layers import frame

    timeline = replay.run("western-iraq-2017")
    for name, (on, options) in SHOWN.items():
        page = io.BytesIO()
        replay.draw(timeline, on, **options).savefig(page, format="png", dpi=100)
        picture = Image.open(page).convert("RGB")
        if "extra" in options:
            ground = frame(timeline, extra=options["extra"]).boxes.map
            left, top = int(ground.x), int(ground.y)
            picture = picture.crop((left, top, left + int(ground.w), top + int(ground.h)))
        picture.thumbnail((WIDE, HIGH), Image.Resampling.LANCZOS)
        path = HERE / "img" / name
        picture.save(path, quality=88, method=6)


PAGES = {
    "sheet.webp": ("snapshots western-iraq-2017", "02-al-qaim.png"),
    "phases.webp": ("show western-iraq-2017 --phases", "phases.png"),
    "ground.webp": ("chart western-iraq-2017 ground", "ground.png"),
}
"""Pages of `pictures.md`, the commands that make them, and the file that is shown."""


def pages() -> None:
    """Draw pages, smaller than they are."""
    import tempfile

    from PIL import Image

    from replay.frontends.cli import start

    for name, (command, file) in PAGES.items():
        with tempfile.TemporaryDirectory() as folder:
            out = folder if command.startswith("snapshots") else f"{folder}/{file}"
            assert start([*command.split(" "), "-o", out]) == 0, name
            picture = Image.open(Path(folder) / file).convert("RGB")
            picture.thumbnail((1240, 1240), Image.Resampling.LANCZOS)
            picture.save(HERE / "img" / name, quality=86, method=6)


def page() -> None:
    """Take a picture of the page, with Chrome or Chromium."""
    import io
    import shutil
    import tempfile

    from PIL import Image
    from playwright.sync_api import sync_playwright

    found = filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as browsers:
        made = replay.export(replay.run("western-iraq-2017"), Path(folder) / "campaign.html")
        browser = browsers.chromium.launch(
            executable_path=next(found, None), args=["--no-sandbox", "--disable-gpu"]
        )
        size = {"width": 1280, "height": 800}
        shown = browser.new_page(viewport=size, device_scale_factor=1.5)  # type: ignore[arg-type]
        shown.goto(f"{made.as_uri()}#day=2017-11-02&place=al-qaim")
        shown.wait_for_timeout(1500)
        picture = Image.open(io.BytesIO(shown.screenshot())).convert("RGB")
        browser.close()
    picture.save(HERE / "img" / "page.webp", quality=88, method=6)


if __name__ == "__main__":
    page()
    main()
    essay()
    shown()
    pages()
