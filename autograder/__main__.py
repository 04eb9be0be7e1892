"""`python -m autograder`: the student's commands, and the staff's where they are installed."""

from importlib import import_module
from importlib.util import find_spec

STAFF, STUDENT = "autograder.cli", "autograder.local.commands"

if __name__ == "__main__":
    import_module(STAFF if find_spec(STAFF) else STUDENT).app()
