"""The table of docs/security.md: which attacks try what."""

from .attack import attacks
from .classes import CLASSES


def table() -> list[str]:
    """The lines of the table in Markdown."""
    lines = [["class", "attacks"], ["---", "---"]]
    for number, title in CLASSES.items():
        names = [f"`{each.name}`" for each in attacks() if number in each.classes]
        lines.append([f"{number}. {title}", ", ".join(names)])
    return [f"| {' | '.join(line)} |" for line in lines]


if __name__ == "__main__":
    print("\n".join(table()))
