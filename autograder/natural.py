"""Names in the order in which people count."""

import re


def natural(name: str) -> tuple[list[str | int], str]:
    """A key to sort by: s2 comes before s10. Equal for equal names alone."""
    parts = re.split(r"([0-9]+)", name)
    return [int(part) if place % 2 else part for place, part in enumerate(parts)], name
