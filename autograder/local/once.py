"""What both the files' messages and the findings tell, told once."""

import re
from collections.abc import Sequence
from dataclasses import replace

from autograder.judge.finding import Finding
from autograder.submission import LOST, FileStatus

ERROR = re.compile(r"SyntaxError: (.+?), (line \d+): ")


def told_once(
    findings: Sequence[Finding], files: Sequence[FileStatus]
) -> tuple[list[Finding], list[FileStatus]]:
    """Of a line that is no Python, how to mend it is told, or if nobody knows, the error."""
    errors = [ERROR.match(finding.text) for finding in findings]
    broken = {(match[1], match[2]) for match in errors if match}
    files = [replace(f, message=_without(f, broken)) for f in files]
    mended = {(f.path, line) for f in files for path, line in broken if _tells(f, path, line)}
    kept = [
        finding for finding, match in zip(findings, errors, strict=True)
        if match is None or (match[1], match[2]) not in mended
    ]  # fmt: skip
    return kept, [f for f in files if f.message]


def _without(file: FileStatus, broken: set[tuple[str, str]]) -> str:
    """The message, but for the lines that only repeat an error."""
    lines = file.message.splitlines()
    errors = tuple(f"{line}:" for path, line in broken if path == file.path)
    return "\n".join(x for x in lines if not (x.startswith(errors) and x.endswith(LOST)))


def _tells(file: FileStatus, path: str, line: str) -> bool:
    return file.path == path and re.search(rf"^{line}\b", file.message, re.MULTILINE) is not None
