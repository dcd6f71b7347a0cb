"""Dates as one says them in English, no more exact than they are."""

from __future__ import annotations

from replay.dates import DAY, MONTHS, Date, civil, clock, parse, spell_year


def human(day_number: int) -> str:
    """A day in English: "3 November 2017", "10 January 48 BC"; years before 1000 say BC or AD."""
    year, month, day = civil(day_number)
    return f"{day} {MONTHS[month - 1]} {spell_year(year)}"


def human_date(date: Date) -> str:
    """A date in English, no more exact than it is.

    >>> [human_date(parse(text)) for text in ("2017-10-26/2017-10-28", "../2017-10-27", "2017-24~")]
    ['26–28 October 2017', 'by 27 October 2017', 'about winter 2017–2018']
    """
    left, slash, right = date.text.partition("/")
    if not slash:
        return _words(left)
    if left == "..":
        return "undated" if right == ".." else f"by {_words(right)}"
    if right == "..":
        return f"from {_words(left)}"
    if date.approximate or date.uncertain or parse(left).precision != parse(right).precision:
        return f"{_words(left)} – {_words(right)}"
    if date.precision in ("minute", "hour") and left.partition("T")[0] == right.partition("T")[0]:
        return _worded(date)
    return _joined(_words(left), _words(right))


def _words(text: str) -> str:
    for mark, word in (("~", "about"), ("?", "perhaps"), ("%", "perhaps about")):
        if text.endswith(mark):
            return f"{word} {_worded(parse(text[:-1]))}"
    return _worded(parse(text))


def _worded(date: Date) -> str:
    first, last = date.bounds.earliest or 0, date.bounds.latest or 0  # neither is open
    year, month, _ = civil(first // DAY)
    years = _joined(spell_year(year), spell_year(civil(last // DAY)[0]))
    day, time = human(first // DAY), _joined(clock(first), clock(last))
    words = {"minute": f"{day}, {time}", "hour": f"{day}, {time}", "day": day}
    words["month"] = f"{MONTHS[month - 1]} {years}"
    words["season"] = f"{('spring', 'summer', 'autumn', 'winter')[month // 3 - 1]} {years}"
    return words.get(date.precision, years)


def _joined(first: str, last: str) -> str:
    """Two dates with the words they end alike said once: "26–28 October 2017"."""
    if first == last:
        return first
    own, others = first.split(), last.split()
    while own[-1] == others[-1]:
        own.pop()
        others.pop()
    return f"{' '.join(own)}{'–' if len(own) == len(others) == 1 else ' – '}{last}"
