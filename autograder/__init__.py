"""An autograder for deep-learning homework.

Students use one name of it, `from autograder import check`; it is imported only when asked for,
because the sandbox imports this package too.
"""

from typing import Any


def __getattr__(name: str) -> Any:
    if name == "check":
        from autograder.local.check import check

        return check
    raise AttributeError(f"module 'autograder' has no attribute '{name}'")
