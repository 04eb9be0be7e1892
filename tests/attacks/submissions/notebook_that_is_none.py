"""Notebooks that no reader of notebooks expects: deep, endless, of other versions, not JSON."""

from pathlib import Path

CLASSES = (33, 22)
EARNS = ()
SAYS = ("it is nested too deeply", "is not a notebook of format 4", "a number that is too long")
CONTENTS = {
    "1-FullyConnectedNets": b"[" * 1_000_000,
    "2-Optimizers": b'{"cells": {"0": 1}, "nbformat": 1e999, "worksheets": [[[]]]}',
    "3-BatchNormalization": b'{"cells": ['
    + b'{"cell_type": "code", "source": []},' * 100_000
    + b"{}]}",
    "4-Dropout": b"\xff\xfe" + '{"cells": []}'.encode("utf-16-le"),
    "5-ConvolutionalNetworks": b'{"a": ' * 2000 + b"1" + b"}" * 2000,
    "6-PyTorch": b'{"cells": [{"cell_type": "code", "source": ' + b"9" * 10_000 + b"}]}",
}


def build(folder: Path, work) -> Path:
    place = folder / "eve"
    place.mkdir()
    for name, content in CONTENTS.items():
        (place / f"{name}.ipynb").write_bytes(content)
    return place
