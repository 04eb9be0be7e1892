"""The examples as texts, right or with their typical mistakes."""

from pathlib import Path

from .mistakes import MISTAKES

EXAMPLES = Path(__file__).parent / "examples"


def example(name: str, *, mistaken: bool = False) -> dict[str, str]:
    """The files of an example by path."""
    root = EXAMPLES / name
    files = {str(path.relative_to(root)): path.read_text() for path in root.rglob("*.py")}
    for task, (file, old, new, *_) in MISTAKES[name].items() if mistaken else ():
        [path] = [path for path in files if path.endswith(f"/{file}")]
        assert files[path].count(old) == 1, (name, task)
        files[path] = files[path].replace(old, new)
    return files
