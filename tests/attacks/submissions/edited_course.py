"""Hands in its own grading: an assignment file, checks, points, results of its own."""

from pathlib import Path

CLASSES = (19, 2)
EARNS = ()
SAYS = ('"deepnets/cnn.py", "status": "ok"',)
FILES = {
    "assignment.toml": 'schema = 1\nid = "modular-nets"\n[limits]\ncall_seconds = 9e9\n',
    "results.json": '{"schema": 1, "submissions": [{"id": "eve", "points": 1e9}]}',
    "graded/results.db": "SQLite format 3\0",
    ".autograder/expected.json": "{}",
    "autograder/checks/layers.py": "CASES = []",
    "tests/test_layers.py": "def test(): pass",
}


def build(folder: Path, work) -> Path:
    for name, text in {**FILES, **work["stubs"]}.items():
        file = folder / "eve" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder / "eve"
