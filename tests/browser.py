"""A real browser for tests: Chrome or Chromium from the PATH, else the one of Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = (
    "no browser: install Chrome or Chromium, or Playwright's own with "
    "`python -m playwright install chromium`"
)


def executable() -> str | None:
    """The path of a browser; None where Playwright has to know one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def launched() -> Iterator[Any]:
    """A browser without a window. Where there is none the test is skipped, but never in CI."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        give_up("no Playwright: install the extra `test`")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=executable(), args=["--no-sandbox", "--disable-gpu"]
            )
        except Error:
            give_up(MISSING)
        yield browser
        browser.close()


def give_up(why: str) -> None:
    """Skips the test, but fails where nothing may be skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)


class Page:
    """An opened page that has no network, and what went wrong on it."""

    def __init__(self, browser: Any, path: Path, view: str = "", **options: Any) -> None:
        size = options.pop("size", (1280, 800))
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, offline=True, **options
        )
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda said: self.wrong.append(f"{said.type}: {said.text}"))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self._refuse(dialog))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(f"{path.as_uri()}{view}")
        self.page.wait_for_selector("html.ready", state="attached", timeout=20_000)

    def _refuse(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def __enter__(self) -> Page:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def told(self, script: str, *arguments: Any) -> Any:
        """What a script says; `app` and `campaign` are the page's."""
        body = script if script.lstrip().startswith(("return", "{")) or ";" in script else None
        code = body or f"return {script}"
        return self.page.evaluate(
            "async (given) => { const { app, campaign, ...more } = await globalThis.replay; "
            + code
            + " }",
            arguments[0] if arguments else None,
        )

    def until(self, condition: str) -> None:
        """Waits until a condition holds; the page itself evaluates no texts."""
        for _ in range(200):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never: {condition}")

    @property
    def address(self) -> str:
        return str(self.page.evaluate("location.hash"))
