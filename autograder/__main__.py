"""`python -m autograder`: the staff's commands if they are here, else the student's."""

from importlib import import_module
from pathlib import Path

STAFF, STUDENT = "autograder.cli", "autograder.local.commands"

if __name__ == "__main__":
    staff = Path(__file__).with_name("cli.py").exists()
    try:
        app = import_module(STAFF if staff else STUDENT).app
    except ModuleNotFoundError as error:
        raise SystemExit(f"{error}: run it with .venv/bin/python, or install it first") from None
    app()
