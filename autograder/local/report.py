"""What a check says, in a notebook and in a terminal."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from autograder.judge.finding import Finding
from autograder.judge.verdict import Result
from autograder.local.lines import wrapped
from autograder.local.once import told_once
from autograder.submission import FileStatus

MARKS = {"passed": "✓", "partial": "◐", "not attempted": "○"}
COLOURS = {"passed": "#1a7f37", "partial": "#9a6700", "not attempted": "#6e7781"}
RED = "#cf222e"
PASSED = "The public trials pass. The grade also depends on trials with other inputs."
BLOCK = "margin-top:.6em"
PRE = "margin:0;white-space:pre-wrap;word-break:normal;overflow-wrap:anywhere"


class CheckFailed(Exception):
    """A check did not pass while nbgrader executes the notebook."""

    def __init__(self, report: "Report") -> None:
        super().__init__(f"\n{report}")


class Report:
    """The result of one check; shows itself."""

    def __init__(self, result: Result, statuses: Sequence[FileStatus] = ()) -> None:
        self.result = result
        paths = (result.task.file, result.task.notebook)
        files = [s for s in statuses if s.path in paths and s.message]
        findings, self._files = told_once(_merged(result.findings), files)
        self._findings = _advised_once(findings)

    @property
    def passed(self) -> bool:
        """All public trials pass."""
        return self.result.passed

    @property
    def text(self) -> str:
        """All of it, in lines as long as what they say."""
        lines = [f"{self._mark()} {self._headline()}"]
        lines += [f"  {s.path}: {s.message}".replace("\n", "\n    ") for s in self._files]
        lines += [_indented(finding) for finding in self._findings]
        lines += [f"  {line}" for line in self._remarks()]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return wrapped(self.text)

    def _repr_html_(self) -> str:
        colour = COLOURS.get(self.result.verdict, RED)
        # The headline ends with the verdict, so a screen reader need not spell the mark.
        mark = f'<span aria-hidden="true">{self._mark()}</span>'
        head = f"<strong>{mark} {escape(self._headline())}</strong>"
        files = [_pre(f"{s.path}: {s.message}") for s in self._files]
        findings = [_html(finding) for finding in self._findings]
        remarks = [escape(line) for line in self._remarks()]
        body = "".join(f'<div style="{BLOCK}">{x}</div>' for x in (*files, *findings, *remarks))
        style = f"border-left:4px solid {colour};padding:.3em .9em;line-height:1.45"
        return f'<div role="status" style="{style}">{head}{body}</div>'

    def _mark(self) -> str:
        return MARKS.get(self.result.verdict, "✗")

    def _headline(self) -> str:
        task = self.result.task
        return f"{task.id} - {task.title}: {self.result.verdict}"

    def _remarks(self) -> list[str]:
        result, task = self.result, self.result.task
        notes = [f"Note: {note}" for note in result.notes]
        if result.passed:
            return [*notes, PASSED] if task.file else notes
        if task.needs and task.file and result.verdict not in ("not attempted", "blocked"):
            names = ", ".join(task.needs)
            notes.append(f"This task builds on {names}: a mistake there shows here too")
        return notes


def _merged(findings: Sequence[Finding]) -> list[Finding]:
    """One finding for all trials that say the same."""
    cases: dict[Finding, list[str]] = {}
    for finding in findings:
        cases.setdefault(replace(finding, case=""), []).append(finding.case)
    return [replace(finding, case="; ".join(names)) for finding, names in cases.items()]


def _advised_once(findings: Sequence[Finding]) -> list[Finding]:
    """A known mistake is explained once; what numbers look like, once for each quantity."""
    told: set[tuple[str, str]] = set()
    kept = []
    for finding in findings:
        advice = (finding.hint, finding.section or finding.quantity)
        kept.append(replace(finding, hint="", section="") if advice in told else finding)
        told.add(advice)
    return kept


def _indented(finding: Finding) -> str:
    text = f"[{finding.case}] {finding.text}" if finding.case else finding.text
    return "\n".join(f"  {line}" for line in [*text.splitlines(), *_advice(finding)])


def _html(finding: Finding) -> str:
    case = f"<em>{escape(finding.case)}</em>" if finding.case else ""
    advice = "<br>".join(escape(line) for line in _advice(finding))
    return f"{case}{_pre(finding.text)}{advice}"


def _pre(text: str) -> str:
    """Facts may quote code, so they keep their lines; what is too long for a cell is wrapped."""
    return f'<pre style="{PRE}">{escape(text)}</pre>'


def _advice(finding: Finding) -> list[str]:
    told = {"Hint": finding.hint, "Read again": finding.section}
    return [f"{name}: {text}" for name, text in told.items() if text]
