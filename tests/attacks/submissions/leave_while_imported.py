"""Ends the process while it is imported: signals to itself, a broken interpreter, exit."""

from pathlib import Path

from attacks.attack import write

CLASSES = (4, 34)
EARNS = ()
TASKS = ("affine_forward", "TwoLayerNet.init", "ThreeLayerConvNet.init", "sgd_momentum")
SAYS = ("importing layers.py: killed by signal", "importing fc_net.py: killed by signal 11",
        "importing cnn.py: exited with status 0", "Leaving")  # fmt: skip
TEXTS = {
    "layers": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\nos.abort()\n",
    "fc_net": "import ctypes\nctypes.string_at(0)\n",
    "cnn": "import os\nos._exit(0)\n",
    "optim": "class Leaving(BaseException):\n    pass\n\n\nraise Leaving\n",
}


def build(folder: Path, work) -> Path:
    files = {f"deepnets/{name}.py": text for name, text in TEXTS.items()}
    return write(folder / "eve", files)
