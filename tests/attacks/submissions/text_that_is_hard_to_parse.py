"""Programs that are aimed at the parser of the judge: deep, long, full of mistakes."""

from pathlib import Path

CLASSES = (22, 24)
EARNS = ()
SAYS = ("too many nested parentheses", "more than 100 places are no Python", "too many levels of indentation")
TEXTS = {
    "layers": "(" * 20_000 + "\n" + "x = " + "-" * 20_000 + "1\n",
    "fc_net": "x = a" + ".b" * 5_000 + "\n" + "def f(:\n  x = \n" * 1_500,
    "optim": "<<<<<<< a\nx = = 1\n=======\n" * 1_500 + "print 'x'\n" * 400,
    "cnn": "".join(" " * depth + "if 1:\n" for depth in range(400)) + "x = 9**9**9**9\n",
}


def build(folder: Path, work) -> Path:
    place = folder / "eve" / "deepnets"
    place.mkdir(parents=True)
    for name, text in TEXTS.items():
        (place / f"{name}.py").write_text(text)
    return folder / "eve"
