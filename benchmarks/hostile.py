"""What hostile or unlucky code does, in a few lines each, to make a class with: `tests/attacks` has
those that look for a way out.

None harms a machine on which it runs without a sandbox.
"""

from collections.abc import Sequence
from random import Random

TRICKS = {
    "exits": "raise SystemExit(0)",
    "exits at once": "import os; os._exit(0)",
    "aborts": "import os; os.abort()",
    "segfault": "import ctypes; ctypes.string_at(0)",
    "endless recursion": "import sys; sys.setrecursionlimit(10**9); trick()",
    "memory bomb": "[bytearray(1 << 24) for _ in range(10**4)]",
    "output flood": "while True: print('x' * 10**6)",
    "garbage for an answer": "import os; os.write(3, b'<html>' * 20)",
    "forged answer": (
        """import os, struct; text = b'{"value": {"v": 1}, "changed": []}'; """
        "os.write(3, struct.pack('!4sIQ', b'SBX1', len(text), 0) + text)"
    ),
    "huge answer": "import os, struct; os.write(3, struct.pack('!4sIQ', b'SBX1', 2, 1 << 60))",
    "silence": "import os; os.closerange(0, 99)",
    "many processes": "import os; [os.fork() for _ in range(9)]",
    "many threads": (
        "import threading, time; "
        "[threading.Thread(target=time.sleep, args=(999,)).start() for _ in range(99)]"
    ),
    "kills its parent": "import os; os.kill(os.getppid(), 9)",
    "odd error": "raise type('', (Exception,), {'__str__': lambda self: 1 / 0})",
    "broken builtins": "import builtins; builtins.len = builtins.isinstance = None",
    "endless loop": "while True: pass",
}
"""Bodies of a function `trick`, by what they do."""
COSTLY = frozenset({"endless loop"})
"""They cost a time limit."""


def spoiled(segments: Sequence[str], dice: Random) -> list[str]:
    """A file with a trick that is played when it is imported, or when a solution is called.

    `segments` are the file's text, every other one a solution block.
    """
    kind = _chosen(dice)
    trick = f"def trick():\n    {TRICKS[kind]}\n\n\n"
    if kind in COSTLY or dice.random() < 0.5:
        return [f"{trick}trick()\n", *segments]
    place = dice.randrange(1, len(segments), 2)
    block = segments[place]
    indent = block[: len(block) - len(block.lstrip(" "))]
    return [trick, *segments[:place], f"{indent}trick()\n", *segments[place:]]


def _chosen(dice: Random) -> str:
    return dice.choices(list(TRICKS), [0.2 if kind in COSTLY else 1 for kind in TRICKS])[0]
