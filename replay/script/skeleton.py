"""A commented scenario to begin with."""

from __future__ import annotations

from pathlib import Path

from replay.foundation.errors import UsageError
from replay.foundation.files import write_text
from replay.script.find import MAIN

SKELETON = """\
# A scenario of campaign-replay. Try it: replay check {folder}   then: replay run {folder}
# Every key is explained in docs/script.md; `replay schema` writes a JSON Schema for your editor.

scenario: {name}
title: The taking of Exampleton
window: 2001-05-01/2001-05-10        # the days that are replayed and drawn
step: day

sides:
  - {{id: north, name: the North, letter: N, colour: blue}}
  - {{id: south, name: the South, letter: s, colour: red}}

forces:
  - {{id: first-brigade, name: 1st Brigade, side: north}}

# Who speaks or carries news; `side` and `interest` if any, `grade` A-F if you want to give one.
voices:
  - {{id: northern-staff, name: the northern staff, kind: office, side: north}}

# The documents. `text:` is the file with the text, for `replay check --texts FOLDER`.
sources:
  - {{id: gazette, title: Evening Gazette, kind: newspaper, published: 2001-05-06}}
  - {{id: memoir, title: A soldier's memoir, kind: memoir, published: 2010}}

# A position names its gazetteer, or is estimated with a radius (km), or relative, or is left out.
places:
  - id: exampleton
    name: Exampleton
    kind: town
    position: {{lat: 34.4, lon: 41.1, estimated: 10}}
  - id: example-bridge
    name: the bridge
    kind: bridge
    position: {{from: exampleton, km: 5, bearing: north-east}}

operations:
  - {{id: may-offensive, name: May offensive, side: north, forces: first-brigade}}

phases:
  - {{id: opening, name: Opening, period: 2001-05-01/2001-05-04}}
  - {{id: town, name: The town, period: 2001-05-05/2001-05-10}}

events:
  # What holds when the window opens is a claim too.
  - id: south-holds
    type: hold
    date: 2001-04
    place: [exampleton, example-bridge]
    by: south
    summary: The South holds the town and its bridge through April.
    claims:
      - cite: memoir p12.s1          # paragraph 12, sentence 1

  - id: launched
    type: launch
    date: 2001-05-02
    operation: may-offensive
    summary: The northern offensive begins.
    claims:
      - cite: gazette p1.s1
        reporter: northern-staff
        reported: 2001-05-02

  # "By the evening of the 4th": the day is open at its beginning, bounded by the launch.
  - id: bridge-taken
    type: capture
    date: ../2001-05-04
    after: launched
    place: example-bridge
    by: first-brigade
    operation: may-offensive
    summary: The brigade takes the bridge.
    claims:
      - cite: gazette p2.s1

  # Two sources disagree on the day. An agreement costs one citation, a disagreement the words
  # that differ; the map shows the town as disputed on 5 and 6 May, and both claims say why.
  - id: town-taken
    type: capture
    date: 2001-05-05
    place: exampleton
    by: first-brigade
    operation: may-offensive
    summary: The brigade takes the town.
    tallies:
      - {{name: captured, of: south, add: ~40}}
    claims:
      - cite: gazette p3.s2
        reporter: northern-staff
        reported: 2001-05-05
      - cite: memoir p14.s2
        date: 2001-05-07
        silent: [tallies]
"""


def write_skeleton(folder: Path) -> list[Path]:
    """Write a scenario that checks and replays. Raises UsageError U506 if the folder exists."""
    if folder.exists():
        hint = "name a folder that does not exist yet"
        raise UsageError("U506", f"{folder} already exists", hint)
    bare = "".join(c if c.isascii() and c.isalnum() else "-" for c in folder.name.lower())
    name = "-".join(part for part in bare.split("-") if part) or "my-campaign"
    path = folder / MAIN
    write_text(path, SKELETON.format(folder=folder, name=name))
    return [path]
