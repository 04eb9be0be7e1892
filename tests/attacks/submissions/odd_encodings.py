"""Texts in encodings that run or hide code: UTF-7, rot13, escapes, NUL, marks of direction."""

import codecs
from pathlib import Path

CLASSES = (31, 18)
EARNS = ()
SAYS = ("stopped with", "not in, rot13: delete", "not valid UTF-8")


def texts(evil: str) -> dict[str, bytes]:
    turned = codecs.encode(evil, "rot13").encode()
    hidden = "def f():\n    '''\u202e\u2066'''; return\n".encode()
    return {
        "layers": b"# coding: utf-7\n# +AAo-" + evil.encode(),
        "fc_net": b"# -*- coding: rot13 -*-\n" + turned,
        "optim": b"# coding: unicode_escape\n# \\x0a" + evil.encode(),
        "cnn": hidden + b"\0\xff\xfe\x1a" + b"\r" * 50,
    }


def build(folder: Path, work) -> Path:
    place = folder / "eve" / "deepnets"
    place.mkdir(parents=True)
    evil = f"print(open({str(folder.parents[1] / 'staff' / 'solutions.py')!r}).read())"
    for name, content in texts(evil).items():
        (place / f"{name}.py").write_bytes(content)
    return folder / "eve"
