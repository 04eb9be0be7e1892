"""Texts in encodings that run or hide code: UTF-7, rot13, escapes, NUL, marks of direction."""

import codecs
from pathlib import Path

CLASSES = (31, 18)
EARNS = ()
EVIL = "print(open('/etc/passwd').read())"
TEXTS = {
    "layers": b"# coding: utf-7\n# +AAo-" + EVIL.encode(),
    "fc_net": b"# -*- coding: rot13 -*-\n" + codecs.encode(EVIL, "rot13").encode(),
    "optim": b"# coding: unicode_escape\n# \\x0a" + EVIL.encode(),
    "cnn": "def f():\n    '''\u202e\u2066'''; return\n".encode() + b"\0\xff\xfe\x1a" + b"\r" * 50,
}


def build(folder: Path, work) -> Path:
    place = folder / "eve" / "deepnets"
    place.mkdir(parents=True)
    for name, content in TEXTS.items():
        (place / f"{name}.py").write_bytes(content)
    return folder / "eve"
