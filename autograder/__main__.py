"""`python -m autograder`: the student's commands, and the staff's where they are installed."""

from importlib.util import find_spec

if find_spec("autograder.cli"):
    from autograder.cli import app
else:
    from autograder.local.commands import app

if __name__ == "__main__":
    app()
