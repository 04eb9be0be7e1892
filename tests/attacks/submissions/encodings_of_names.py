"""Names encodings that Python knows and no program is in: endless to decode, or raising."""

from pathlib import Path

CLASSES = (22, 31)
EARNS = ()
SAYS = ("not in, punycode: delete", "not in, idna: delete", "not in, undefined: delete", "not in, hex: delete")
TEXTS = {
    "layers": b"# coding: punycode\n-" + b"z9" * 20_000,
    "fc_net": b"# coding: idna\nxn--a." + b"a." * 100_000,
    "optim": b"# coding: undefined\n",
    "cnn": b"# coding: hex\n# vim: set fileencoding=zlib :\n0a0a",
}


def build(folder: Path, work) -> Path:
    place = folder / "eve" / "deepnets"
    place.mkdir(parents=True)
    for name, content in TEXTS.items():
        (place / f"{name}.py").write_bytes(content)
    return folder / "eve"
