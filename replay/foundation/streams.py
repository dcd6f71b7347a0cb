"""Text for a terminal or file that has few letters: signs are spelled in ASCII.

A stream in UTF-8 writes every letter as it is. In another encoding, dashes, arrows, quotation marks
and the like become ASCII, accents are dropped, and any other letter is written as its code. Where
the user asks for the locale C, signs become ASCII too, and letters stay as they are.
"""

from __future__ import annotations

import codecs
import os
import unicodedata
from collections.abc import Mapping
from typing import TextIO

_SIGNS = {
    **dict.fromkeys("‐‑‒–−", "-"),
    **dict.fromkeys("—―", "--"),
    **dict.fromkeys("‘’‚ʻʼʽ′", "'"),
    **dict.fromkeys("“”„«»″「」『』", '"'),
    **dict.fromkeys("·•∙●■◆○□◇◦◐◑◒◓", "*"),
    **dict.fromkeys("─━═╌╍┄┅┈┉╴╶▁", "-"),
    **dict.fromkeys("│┃║╎╏┆┇┊┋▏▎▍▌▐", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋", "+"),
    **dict.fromkeys("█▇▆▓", "#"),
    **dict.fromkeys("▅▄▒▀", "="),
    **dict.fromkeys("▃▂░", ":"),
    **dict.fromkeys("▲△↑⇑", "^"),
    **dict.fromkeys("▼▽↓⇓", "v"),
    **dict.fromkeys("▶▷►⏭", ">"),
    **dict.fromkeys("◀◁◄⏮", "<"),
    **dict.fromkeys("→⇒⟶", "->"),
    **dict.fromkeys("←⇐⟵", "<-"),
    **dict.fromkeys("↔⇔", "<->"),
    **dict.fromkeys("×✕✖✗✘⚔", "x"),
    **dict.fromkeys("✓✔", "v"),
    **dict.fromkeys("≈∼", "~"),
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\u00ad\ufeff", ""),
    **dict.fromkeys("\u2028\u2029", "\n"),
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    "±": "+/-",
    "°": " deg",
    "…": "...",
    "⁄": "/",
    **dict(zip("〈〉《》【】", ("<", ">", "<<", ">>", "[", "]"), strict=True)),
    "÷": "/",
    "∞": "infinite",
    "‰": " per mille",
    "†": "+",
    "‡": "++",
    "§": "section ",
    "¶": "paragraph ",
    "©": "(c)",
    "®": "(R)",
    "™": "(TM)",
    "€": "EUR",
    "£": "GBP",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "ß": "ss",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ð": "d",
    "Ð": "D",
    "þ": "th",
    "Þ": "Th",
    "ı": "i",
    "ʿ": "'",
    "ʾ": "'",
    "、": ", ",
    "。": ". ",
    "\ufffd": "?",
}
"""Signs and letters that Unicode does not take apart, in ASCII."""


def ascii_spelling(letter: str) -> str | None:
    """A letter or sign in ASCII; None if it has no likeness there.

    >>> [spelled(letter) for letter in "–≠²é字"]
    ['-', '!=', '2', 'e', None]
    """
    if letter.isascii():
        return letter
    if letter in _SIGNS:
        return _SIGNS[letter]
    if "\u2800" <= letter <= "\u28ff":  # the dots of a map
        return " " if letter == "\u2800" else "."
    parts = unicodedata.normalize("NFKD", letter)
    kept = "".join(_SIGNS.get(c, c) for c in parts if not unicodedata.combining(c))
    return kept if kept.isascii() and (kept or unicodedata.combining(letter)) else None


def _in_ascii(error: UnicodeError) -> tuple[str | bytes, int]:
    """Error handler of a codec: what it lacks in ASCII, or as codes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    found = (ascii_spelling(letter) for letter in text)
    return "".join(
        letter.encode("ascii", "backslashreplace").decode() if shown is None else shown
        for letter, shown in zip(text, found, strict=True)
    ), error.end


def _signs_in_ascii(error: UnicodeError) -> tuple[str | bytes, int]:
    """Error handler of ASCII: signs in ASCII, and letters in UTF-8."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    made = b""
    for letter in error.object[error.start : error.end]:
        shown = None if unicodedata.category(letter)[0] in "LM" else ascii_spelling(letter)
        kept = letter.encode("utf-8", "backslashreplace")
        made += kept if shown is None else shown.encode()
    return made, error.end


_ASCII = "campaign_replay_ascii"
"""ASCII under another name: the argument parser would not believe in a terminal in ASCII, and write
UTF-8 to it."""


def _codec(name: str) -> codecs.CodecInfo | None:
    if name != _ASCII:
        return None
    ascii_ = codecs.lookup("ascii")
    return codecs.CodecInfo(
        ascii_.encode,
        ascii_.decode,
        ascii_.streamreader,
        ascii_.streamwriter,
        ascii_.incrementalencoder,
        ascii_.incrementaldecoder,
        _ASCII,
    )


codecs.register(_codec)
codecs.register_error("campaign-replay.ascii", _in_ascii)
codecs.register_error("campaign-replay.signs", _signs_in_ascii)


def readable(stream: TextIO, environment: Mapping[str, str] = os.environ) -> None:
    """Make a stream write any text so that it can be read, and never fail over a letter."""
    if not hasattr(stream, "reconfigure"):
        return
    encoding = codecs.lookup(stream.encoding or "ascii").name
    if encoding == "utf-8" and plain_locale(environment):
        stream.reconfigure(encoding=_ASCII, errors="campaign-replay.signs")
    elif encoding == "ascii":
        stream.reconfigure(encoding=_ASCII, errors="campaign-replay.ascii")
    else:
        stream.reconfigure(errors="campaign-replay.ascii")


def plain_locale(environment: Mapping[str, str]) -> bool:
    """Whether the user asks for the locale C, in which there is only ASCII.

    Python itself sets LC_CTYPE to C.UTF-8 where LANG is C.
    """
    if environment.get("PYTHONIOENCODING") or environment.get("PYTHONUTF8") == "1":
        return False
    letters = environment.get("LC_CTYPE", "")
    named = (environment.get("LC_ALL"), "" if letters == "C.UTF-8" else letters)
    asked = next(filter(None, named), environment.get("LANG", ""))
    return asked in ("C", "POSIX")
