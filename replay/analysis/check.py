"""Check a scenario: script, lint, disputes, statements, coverage of its texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from replay.analysis.differences import differences
from replay.analysis.disagreements import Disagreement, disagreements
from replay.analysis.lint import Finding, lint, unacknowledged
from replay.analysis.statements import Verdict, verdicts
from replay.analysis.undrawn import undrawn
from replay.foundation.english import counted
from replay.foundation.locators import TextOutline, read_lock, spell_lock
from replay.lens import Undated
from replay.model import Scenario
from replay.pipeline import run
from replay.script.coverage import Coverage, coverage, outlines_of, texts
from replay.script.load import LOCK, Script, load_script, script_from
from replay.timeline.explanation import Dispute, disputes
from replay.timeline.timeline import Timeline


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found. A scenario with errors has no report: loading it raises Problems."""

    script: Script
    timeline: Timeline
    findings: tuple[Finding, ...]
    """Those for which the script gives no written reason."""
    acknowledged: tuple[Finding, ...]
    disputes: tuple[Dispute, ...]
    """Every key that is disputed, and every contradiction."""
    disagreements: tuple[Disagreement, ...]
    """The same, each disagreement once."""
    statements: tuple[Verdict, ...]
    coverage: tuple[Coverage, ...]

    def reason(self, finding: Finding) -> str:
        """Why the author leaves an acknowledged finding as it is."""
        known = self.script.scenario.acknowledge
        mine = (one for one in known if one.code == finding.code and one.of in (finding.of, "*"))
        return " ".join(dict.fromkeys(one.reason for one in mine))

    @property
    def clean(self) -> bool:
        """Whether there is nothing that the script does not account for."""
        return not self.findings


def check(
    name: str | Path | Scenario,
    texts_folder: str | Path | None = None,
    lens: str = "default",
    known_on: str | None = None,
    undated: Undated = "unknown",
) -> CheckReport:
    """Check a scenario: lint, disputes, statements, and whether its sentences are accounted for.

    Parameters
    ----------
    name : str, Path or Scenario
        What `replay.load` takes, or a scenario.
    texts_folder : str or Path, optional
        A folder with the texts of the sources, `SOURCE-ID.txt` unless the source names its own.
        With it the coverage of each text is checked, and its agreement with `texts.lock`.
    lens : str, default "default"
        The lens of the disputes and statements, by a name as for `replay.run`. The lint is about
        the script, so it always asks the replay of all claims.
    known_on : str, optional
        As for `replay.run`.
    undated : "unknown" or "known", default "unknown"
        As for `replay.run`.

    Returns
    -------
    CheckReport
        `findings` of the lint without a written reason, `acknowledged` ones, `disputes`,
        `disagreements`, `statements` with their verdicts, `coverage`; `clean` if there is no
        finding.

    Raises
    ------
    UsageError
        U501 if there is no such scenario, U503 or U504 as for `replay.run`, U508 if the texts are
        not there.
    ScenarioError
        E101 to E405 if the scenario is invalid.

    See also
    --------
    docs/lint.md : every finding.
    docs/checks.md : every error.

    Example
    -------
    >>> import replay
    >>> report = replay.check("western-iraq-2017")
    >>> report.clean
    True
    >>> {verdict.outcome for verdict in report.statements} <= {
    ...     "supported", "contradicted", "undecidable"}
    True
    """
    script = script_from(name) if isinstance(name, Scenario) else load_script(name)
    timeline = run(script.scenario, lens, known_on, undated)
    narrowed = lens != "default" or known_on is not None
    findings = lint(run(script.scenario) if narrowed else timeline)
    findings += undrawn(script.scenario)
    outlines: Mapping[str, TextOutline] = script.outlines
    if texts_folder is not None:
        outlines = outlines_of(texts(script.scenario, Path(texts_folder)))
        findings += _changed(script, outlines)
    covered = coverage(script.scenario, outlines)
    if texts_folder is not None:
        findings += [_uncovered(c) for c in covered if c.open]
    findings += _silencing_nothing(timeline, findings, texts_folder is not None)
    left = unacknowledged(timeline, findings)
    meant = [f for f in findings if f not in left]
    differ = (*disputes(timeline), *differences(timeline))
    differ_once = tuple(disagreements(timeline))
    judged = tuple(verdicts(timeline))
    return CheckReport(
        script, timeline, tuple(left), tuple(meant), differ, differ_once, judged, tuple(covered)
    )


def _silencing_nothing(
    timeline: Timeline, findings: list[Finding], texts_known: bool
) -> list[Finding]:
    """Acknowledgements of what is not found; those of coverage wait for the texts."""
    known = {(f.code, f.of) for f in findings}
    codes = {f.code for f in findings}
    found = []
    for a in timeline.scenario.acknowledge:
        idle = a.code not in codes if a.of == "*" else (a.code, a.of) not in known
        if idle and (texts_known or not a.code.startswith("L4")):
            message = f"{a.code} is acknowledged of {a.of}, where it is not found"
            found.append(Finding("L403", a.of, message, "delete it, or correct the code or the id"))
    return found


def _uncovered(covered: Coverage) -> Finding:
    first = ", ".join(f"p{p}.s{s}" for p, s in covered.open[:8])
    rest = f" and {len(covered.open) - 8} more" if len(covered.open) > 8 else ""
    number = counted(len(covered.open), "sentence")
    message = f"nothing accounts for {number}: {first}{rest}"
    return Finding("L401", covered.source, message, "cite them, or set them aside with the reason")


def _changed(script: Script, outlines: Mapping[str, TextOutline]) -> list[Finding]:
    """Sources whose text is not the one that the lock was made from."""
    found = []
    for source, outline in outlines.items():
        known = script.outlines.get(source)
        if known is None:
            message = f"{LOCK} does not know {source}"
        elif known != outline:
            pairs = zip(known.digests, outline.digests, strict=False)
            first = next((n for n, (a, b) in enumerate(pairs, 1) if a != b), None)
            where = f"from p{first} on" if first else "in its number of paragraphs"
            message = f"the text of {source} differs from {LOCK} {where}"
        else:
            continue
        hint = "check its locators, then write the lock anew with --lock"
        found.append(Finding("L402", source, message, hint))
    return found


def lock_text(name: str | Path, texts_folder: str | Path) -> tuple[Path, str]:
    """Where a scenario's lock belongs, and its text for the sources as they are now.

    Sources whose text is not in the folder keep what an earlier lock knew of them.
    """
    script = load_script(name)
    folder = script.scenario.folder or Path()
    known: dict[str, TextOutline] = {}
    if (folder / LOCK).is_file():
        known = read_lock((folder / LOCK).read_text("utf-8"))
    known |= outlines_of(texts(script.scenario, Path(texts_folder)))
    return folder / LOCK, spell_lock(known)
