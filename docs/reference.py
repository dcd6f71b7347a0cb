"""Makes the reference pages from the program itself: `python docs/reference.py`.

What a record, an event type, a verb, a lens, a format or a code is, its class or registry says;
these pages only lay it out. A test proves that the committed pages are current and that every
example in them loads.
"""

from __future__ import annotations

import ast
import html
import importlib.util
import inspect
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from replay.analysis.check import check
from replay.analysis.lint import RULES
from replay.events import EVENT_TYPES
from replay.foundation import edtf
from replay.foundation.errors import CODES, UsageError
from replay.frontends.cli import APP
from replay.lens import LENSES, named_lens
from replay.model import Claim, Event, Record, Scenario, TallyEntry, To
from replay.model.assertions import VERBS
from replay.model.things import Axis, Location, Map, TableTally
from replay.outputs.formats.registry import FORMATS
from replay.script.load import SECTIONS, load
from replay.script.skeleton import SKELETON
from replay.stepping.key_bindings import key_table

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


def _beside(name: str) -> Any:
    """A module in this folder."""
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


EXAMPLES, API = _beside("lint_examples"), _beside("api")
JSON = importlib.import_module("json_shapes.page")
MADE = "<!-- Made by `make docs`; edit the program instead. -->\n\n"

HEAD = """\
scenario: example
title: An example
window: 2017-10-26/2017-11-30
sides: [{id: iraq, name: Iraq, letter: G}, {id: isil, name: ISIL, letter: i}]
forces: [{id: army, name: the army, side: iraq}, {id: fighters, name: fighters, side: isil}]
voices: [{id: general, name: a general, side: iraq}]
persons: [{id: leader, name: a leader, side: isil}]
sources: [{id: article, title: An article}]
places: [{id: town, name: Town, kind: town}, {id: base, name: Base, kind: base}]
areas: [{id: desert, name: Desert, km2: ~29000}]
operations: [{id: offensive, name: The offensive, side: iraq}]
"""
"""What the examples of event types speak of."""

_EXAMPLES = {
    "place": "town",
    "area": "desert",
    "force": "army",
    "side": "iraq",
    "person": "leader",
    "operation": "offensive",
    "event": "earlier",
    "voice": "general",
}
_MORE = {"move": {"to": "town"}, "clear": {"place": "desert", "share": "0.5"}}
_OWN = {"effects", "objects", "actors", "sentence"}


OPENING = """\
A scenario is written by hand in YAML and kept in version control. This is a small one, complete;
`replay new FOLDER` writes it for you to begin with."""

STRICT = """\
A name or title is one line: tabs and line breaks in it are read as spaces.
Everything is a text until a key reads it, so that `no`, `on`, `1e3` and `12:30` mean what they look
like. Unknown keys, keys given twice, dates that do not exist and ids that stand for nothing are
errors at their file, line and column; `replay check` tells all of them at once
([the codes](checks.md)). A long scenario `include`s further files."""

NUMBERS = """\
## Numbers

As the source gives them: `75`, `~2400` about (a tenth either way is taken), `90+` at least,
`40..50` between, `some` an unknown positive number. A unit that the source has lost is
`unknown`."""

CITATIONS = """\
## Citations

`article p37.s4` is sentence 4 of paragraph 37 of the source `article`; `article p37` the paragraph,
`p37.s3-s5` and `p37-p39` stretches. Paragraphs are the lines of a text that are not blank, counted
from 1. Older works cite in their own way (`gallic-war 7.68`, with `locators: own` in the source).
`replay cite` finds the locator of words that you remember."""


# --- fields -------------------------------------------------------------------------------------


def fields(cls: type[Record], leave_out: frozenset[str] = frozenset()) -> Iterator[str]:
    """A table of a record's keys: what each takes, and what it means."""
    told = meanings(cls)
    schema = cls.model_json_schema()["properties"]
    yield "| key | takes | |"
    yield "| --- | --- | --- |"
    for name, field in cls.model_fields.items():
        key = field.alias or name
        if name in leave_out or key in leave_out:
            continue
        need = "**required.** " if field.is_required() else ""
        takes = _takes(field.metadata, field.annotation, schema.get(key, {}))
        yield f"| `{key}` | {takes} | {need}{_one_line(told.get(name, ''))} |"


def meanings(cls: type[Any]) -> dict[str, str]:
    """Field → the text written below it, in the class or in those that it builds on."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if not (isinstance(base, type) and issubclass(base, Record) and base is not Record):
            continue
        body = ast.parse(textwrap.dedent(inspect.getsource(base))).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, text in zip(body.body, body.body[1:], strict=False):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(text, ast.Expr)
                and isinstance(text.value, ast.Constant)
            ):
                found[field.target.id] = str(text.value.value)
    return found


def _takes(metadata: list[Any], annotation: Any, schema: dict[str, Any]) -> str:
    kinds = next((m.kinds for m in metadata if isinstance(m, To)), None) or _kinds(annotation)
    many = "anyOf" in schema and any(c.get("type") == "array" for c in schema["anyOf"])
    if kinds:
        noun = " or ".join(kinds) if len(kinds) < 5 else "thing"
        return f"{'one or more ids' if many else 'the id'} of {_a(noun)}"
    if "enum" in schema:
        return "one of " + ", ".join(f"`{c}`" for c in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    inner = [c for c in schema.get("anyOf", []) if c.get("type") != "null"]
    if "description" not in schema and len(inner) == 1:
        return _takes([], None, inner[0])
    if "$ref" in schema:
        return f"a {schema['$ref'].split('/')[-1].lower()} with keys of its own"
    if schema.get("type") == "array":
        items = schema.get("items", {})
        name = items.get("$ref", "").split("/")[-1].lower()
        return f"a list of {_plural(name)}" if name else "a list"
    if schema.get("type") == "object":
        return "keys and values"
    words = _one_line(schema.get("description", "text")).rstrip(".")
    return _SHORT.get(words.partition(":")[0].partition(",")[0], words)


_SHORT = {
    "An id": "an id",
    "Text": "text",
    "Texts": "one or more texts",
    "Text of one line": "text of one line",
    "Names": "one or more names",
    "A date in EDTF": "a date",
    "Citations": "one or more citations",
    "A source and a place in it": "a citation",
    "A number as the source gives it": "a number",
    "A plain number": "a plain number",
    "One letter": "a letter",
    "true or false": "true or false",
}


def _a(noun: str) -> str:
    return "anything" if noun == "thing" else f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _kinds(annotation: Any) -> tuple[str, ...]:
    for inner in getattr(annotation, "__metadata__", ()):
        if isinstance(inner, To):
            return inner.kinds
    for inner in getattr(annotation, "__args__", ()):
        if found := _kinds(inner):
            return found
    return ()


def _plural(name: str) -> str:
    return {"tallyentry": "tallies", "axis": "axes", "tabletally": "tallies"}.get(name, f"{name}s")


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def doc(cls: type[Any]) -> str:
    """The docstring of a class as paragraphs."""
    return inspect.cleandoc(cls.__doc__ or "")


# --- pages --------------------------------------------------------------------------------------


def script_page() -> str:
    """docs/script.md: the whole script, from a small complete one to every key."""
    skeleton = SKELETON.format(folder="exampleton", name="exampleton")
    spellings = inspect.cleandoc(edtf.__doc__ or "").partition("\n\n")[2]
    parts = [
        MADE + "# The script",
        OPENING,
        f"```yaml\n{skeleton.rstrip()}\n```",
        STRICT,
        f"## Dates\n\n{spellings}",
        NUMBERS,
        CITATIONS,
        "## The head\n\n" + "\n".join(_head()),
        "## Sections\n\nEach is a list of records, and several files may add to it.",
    ]
    for name, cls in SECTIONS.items():
        parts.append(f"### {name}\n\n{doc(cls)}\n\n" + "\n".join(fields(cls)))
        for inner in _inner(cls):
            title = f"#### {inner.__name__.lower()}\n\n{doc(inner)}\n\n"
            parts.append(title + "\n".join(fields(inner)))
    parts.append("## Events\n\n" + doc(Event) + "\n\n" + "\n".join(fields(Event)))
    parts.append("### Claims\n\n" + doc(Claim) + "\n\n" + "\n".join(fields(Claim)))
    parts.append(
        "Any other key of the event may stand in a claim: it is what this claim says differently.\n"
        "An agreement costs one citation, a disagreement a citation and the words that differ."
    )
    parts.append("### Tallies\n\n" + doc(TallyEntry) + "\n\n" + "\n".join(fields(TallyEntry)))
    parts.append("## Types of events\n\n" + "\n".join(_index_of_types()))
    parts += [_type(name, cls) for name, cls in sorted(EVENT_TYPES.items())]
    parts.append(
        "## What statements assert\n\nA statement may say in its `asserts` what the replay is held"
        " against. A verb is supported,\ncontradicted or, where it is not the same in all that may"
        " hold, undecidable."
    )
    for name, verb in VERBS.items():
        keys = "\n".join(fields(verb, frozenset({"says"})))
        parts.append(f"### says: {name}\n\n{doc(verb)}\n\n{keys}")
    return "\n\n".join(parts) + "\n"


def _head() -> list[str]:
    ours = frozenset({*SECTIONS, "events", "folder", "columns", "variants", "include"})
    rows = list(fields(Scenario, ours))
    rows.append("| `include` | names of further files, in the scenario's folder | |")
    rows.append("")
    rows.append("`map` says what the map shows:\n")
    return [*rows, *fields(Map)]


def _inner(cls: type[Record]) -> list[type[Record]]:
    known: dict[str, list[type[Record]]] = {
        "places": [Location],
        "operations": [Axis],
        "tables": [TableTally],
    }
    section = next(name for name, c in SECTIONS.items() if c is cls)
    return known.get(section, [])


def _index_of_types() -> Iterator[str]:
    yield "| type | reads | |"
    yield "| --- | --- | --- |"
    for name, cls in sorted(EVENT_TYPES.items()):
        first = doc(cls).split(". ")[0].split("\n\n")[0]
        yield f"| [`{name}`](#{name}) | …{cls.verb} … | {_one_line(first)} |"


def _type(name: str, cls: type[Event]) -> str:
    common = frozenset(Event.model_fields) - {"place", "operation"}
    own = [
        key
        for key, field in cls.model_fields.items()
        if key not in Event.model_fields or (field.is_required() and key not in common)
    ]
    keys = "\n".join(fields(cls, frozenset(cls.model_fields) - frozenset(own))) if own else ""
    changes = (
        "Changes the state."
        if "effects" in vars(cls) or _changes(cls)
        else ("Changes no state of its own; its tallies count.")
    )
    parts = [f"### {name}", doc(cls), f"{changes} ACLED: *{cls.acled}*."]
    parts += [keys] if keys else []
    return "\n\n".join([*parts, f"```yaml\n{example(name, cls).rstrip()}\n```"])


def _changes(cls: type[Event]) -> bool:
    return any("effects" in vars(base) for base in cls.__mro__ if base is not Event)


def example(name: str, cls: type[Event]) -> str:
    """The shortest valid event of a type, which a test loads below `HEAD`."""
    lines = [f"- id: example\n  type: {name}\n  date: 2017-11-17"]
    schema = cls.model_json_schema()["properties"]
    more = dict(_MORE.get(name, {}))
    for key, field in cls.model_fields.items():
        if not field.is_required() or key in ("id", "type", "summary", "claims"):
            continue
        spelled = field.alias or key
        if spelled in more:
            continue
        kinds = next((m.kinds for m in field.metadata if isinstance(m, To)), None)
        kinds = kinds or _kinds(field.annotation)
        enum = schema.get(spelled, {}).get("enum")
        value = _EXAMPLES[kinds[0]] if kinds else enum[0] if enum else "1500"
        lines.append(f"  {spelled}: {'isil' if spelled == 'against' else value}")
    lines += [f"  {key}: {value}" for key, value in more.items()]
    lines.append("  summary: One sentence in your own words.")
    lines.append("  claims:\n    - cite: article p37.s3")
    return "\n".join(lines) + "\n"


def checks_page() -> str:
    """docs/checks.md: every code of an error and of the lint."""
    errors = [f"| {c} | {what} |" for c, what in CODES.items() if c.startswith("E")]
    usage = [f"| {c} | {what} |" for c, what in CODES.items() if c.startswith("U")]
    rules = [f"| {_to_lint(c)} | {what} |" for c, (what, _) in sorted(RULES.items())]
    return MADE + "\n".join(
        [
            "# What `replay check` says",
            "",
            "## Errors",
            "",
            "A scenario with an error is not replayed (exit code 1). Each is told at its file, line"
            " and\ncolumn, with the line, and with what to do.",
            "",
            "| code | what is wrong |",
            "| --- | --- |",
            *errors,
            "",
            "## Findings",
            "",
            "A finding is no error: it is what an author should have a reason for. `replay check`"
            " leaves with\nexit code 1 while there is one for which the script gives no reason.",
            "",
            "| code | what is asked about |",
            "| --- | --- |",
            *rules,
            f"| {_to_lint('L401')} | a sentence of a source that nothing cites and nothing sets"
            " aside (with `--texts`) |",
            f"| {_to_lint('L402')} | a text that is not the one from which `texts.lock` was made |",
            f"| {_to_lint('L403')} | an acknowledgement of what is not found |",
            "",
            "A finding that is meant is acknowledged, with the reason, and then only counted:",
            "",
            "```yaml",
            "acknowledge:",
            "  - {code: L302, of: town-taken, reason: no document gives a first day}",
            '  - {code: L309, of: "*", reason: the places of the second part are not written yet}',
            "```",
            "",
            "## Wrong usage",
            "",
            "Exit code 2, and nothing is written.",
            "",
            "| code | what is wrong |",
            "| --- | --- |",
            *usage,
            "",
        ]
    )


def _to_lint(code: str) -> str:
    return f"[{code}](lint.md#{code.lower()})"


LINT = """\
A finding is no error: it is what an author should have a reason for. `replay check` leaves with
exit code 1 while there is one for which the script gives none. The rules walk the replay, so that
they see what bounds and disputes make of the events: what *may* be in order is no finding.

Each code stands here with a scenario that it asks about, what it says, the like of it that is in
order, and the way to say that it is meant: `acknowledge`, with the code, what it is about and a
written reason. `of: "*"` acknowledges all findings of a code; to acknowledge what is not found is
itself a finding. The examples are replayed by the tests. A citation without a place in its source,
or of a place that the source does not have, is no finding but an error ([E204, E404](checks.md)).

Every example is the file `example.yaml` beside this script:"""


def lint_page() -> str:
    """docs/lint.md: each code with an example, the like of it in order, and a reason."""
    parts = [MADE + "# The lint", LINT, f"```yaml\n{EXAMPLES.HEAD.rstrip()}\n```"]
    for code, (looks_for, _) in sorted(RULES.items()):
        example = EXAMPLES.EXAMPLES[code]
        first = f"{looks_for[0].upper()}{looks_for[1:]}."
        parts.append(f"## {code}\n\n{_filled(f'**{first}** {example.asks}')}")
        parts.append(f"Asked about:\n\n```yaml\n{example.bad.rstrip()}\n```")
        parts.append("```text\n" + "\n".join(found(example.bad)) + "\n```")
        parts.append(f"In order:\n\n```yaml\n{example.good.rstrip()}\n```")
        reasons = [f"  - {{code: {code}, of: {of}, reason: {example.reason}}}" for of in example.of]
        parts.append("Meant:\n\n```yaml\nacknowledge:\n" + "\n".join(reasons) + "\n```")
    for code, told in EXAMPLES.OTHERS.items():
        parts.append(f"## {code}\n\n{_filled(told)}")
    return "\n\n".join(parts) + "\n"


def found(script: str) -> Iterator[str]:
    """What `replay check` asks about an example: the finding, and what to do."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "scenario.yaml").write_text(EXAMPLES.HEAD, "utf-8")
        (Path(folder) / "example.yaml").write_text(script, "utf-8")
        for finding in check(folder).findings:
            yield f"{finding.code} {finding.message}"
            yield f"  {finding.hint}"


def _filled(text: str) -> str:
    return textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False)


def commands_page() -> str:
    """docs/commands.md: each command as its `--help` tells it, the lenses and the formats."""
    command = get_command(APP)
    parts = [MADE + "# Commands", inspect.cleandoc(command.help or "")]
    for name, one in getattr(command, "commands", {}).items():
        parts.append(f"## replay {name}\n\n{inspect.cleandoc(one.help or '')}")
        rows = [row for p in one.params if (row := _parameter(p))]
        parts.append("\n".join(["| | |", "| --- | --- |", *rows]))
    parts.append("## Lenses\n\nA lens says which claims are admitted and how they rank.")
    parts.append("\n".join(_lenses()))
    parts.append("## Formats\n\nBy the suffix of the file that is written.")
    rows = ["| suffix | |", "| --- | --- |"]
    rows += [f"| `{f.suffix}` | {_one_line(f.summary)} |" for f in FORMATS.values()]
    parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


def _parameter(p: Any) -> str:
    option = p.opts[0].startswith("-")
    names = ", ".join(f"`{o}`" for o in p.opts) if option else f"`{(p.metavar or p.name).upper()}`"
    return f"| {names} | {_one_line(getattr(p, 'help', '') or '')} |"


def _lenses() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(SKELETON.format(folder="exampleton", name="exampleton"), "utf-8")
        scenario = load(path)
    yield "| lens | |"
    yield "| --- | --- |"
    for name in LENSES:
        for argument, shown in (("", ""), ("gazette", "SOURCE"), ("north", "SIDE")):
            try:
                lens = named_lens(scenario, f"{name}:{argument}" if argument else name)
            except UsageError:
                continue
            yield f"| `{name}{':' if shown else ''}{shown}` | {_one_line(lens.summary)} |"
            break


def api_page() -> str:
    """docs/api.md: the functions and methods that programs call, from their docstrings."""
    page: str = API.api_page()
    return MADE + page


def json_page() -> str:
    """docs/json.md: the shapes of `--json`."""
    page: str = JSON.json_page()
    return MADE + page


# --- stepping -------------------------------------------------------------------------------------


def stepping_page() -> str:
    """The page as it is written, with the table of keys from the program."""
    text = (HERE / "stepping.md").read_text("utf-8")
    before, begin, rest = text.partition("<!-- keys: made by `make docs` -->\n")
    _, end, after = rest.partition("<!-- /keys -->")
    return "\n".join([f"{before}{begin}", *_keys(), "", f"{end}{after}"])


def _keys() -> Iterator[str]:
    yield "| in the terminal | in a window | in lines | |"
    yield "| --- | --- | --- | --- |"
    for terminal, window, words, does in key_table():
        keys = (_pressed(terminal), _pressed(window), f"`{words}`" if words else "")
        yield f"| {' | '.join(keys)} | {does} |"


def _pressed(keys: str) -> str:
    return " ".join(f"<kbd>{html.escape(key)}</kbd>" for key in keys.split(", ") if key)


PAGES = {
    "script.md": script_page,
    "checks.md": checks_page,
    "lint.md": lint_page,
    "commands.md": commands_page,
    "api.md": api_page,
    "json.md": json_page,
    "stepping.md": stepping_page,
}


def main() -> None:
    """Write the pages."""
    for name, make in PAGES.items():
        (HERE / name).write_text(make(), "utf-8")
        print(f"docs/{name}", file=sys.stderr)
    JSON.write_schemas()


if __name__ == "__main__":
    main()
