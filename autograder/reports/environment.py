"""How templates become pages: everything that is put into one is escaped."""

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined


def environment(*rooms: str) -> Environment:
    """Finds templates in `rooms`, such as "autograder.similarity", and then among the reports'."""
    loaders = [PackageLoader(room) for room in (*rooms, "autograder.reports")]
    pages = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["percent"] = lambda number: f"{100 * number:.0f}"
    return pages
