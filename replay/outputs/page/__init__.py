"""The player: a replay as one page for any browser, with every lens and every day of news.

Python computes all states; the page looks them up. Its sources are in `player/`, what is made of
them in `built/`.
"""

from replay.outputs.page.html import page

__all__ = ["page"]
