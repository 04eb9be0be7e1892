"""What run_autograder starts: `python -m autograder.exports.gradescope /autograder`."""

import sys
from pathlib import Path

from autograder.assignment import AssignmentError
from autograder.exports.gradescope.run import run
from autograder.sandbox.errors import NotIsolated

if __name__ == "__main__":
    try:
        run(Path(sys.argv[1]))
    except (AssignmentError, NotIsolated) as error:
        # No results at all: Gradescope says that the autograder failed, and nobody sees a zero.
        sys.exit(str(error))
