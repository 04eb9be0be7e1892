"""Hands in links to solutions, hard links, pipes, sockets and devices in place of files."""

import os
import socket
from pathlib import Path

CLASSES = (31, 1)
EARNS = ()
SAYS = ("a link: hand in the file itself", "not a plain file of its own", '"message": "not a plain file"')


def build(folder: Path, work) -> Path:
    place, staff = folder / "eve", folder.parents[1] / "staff"
    (place / "deepnets").mkdir(parents=True)
    (place / "deepnets" / "layers.py").symlink_to(staff / "nets-5" / "deepnets" / "layers.py")
    os.link(staff / "nets-5" / "deepnets" / "fc_net.py", place / "deepnets" / "fc_net.py")
    os.mkfifo(place / "deepnets" / "optim.py")
    (place / "deepnets" / "cnn.py").symlink_to("/dev/zero")
    (place / "nets").symlink_to(staff / "nets-5", target_is_directory=True)
    (place / "loop").symlink_to(place, target_is_directory=True)
    (place / "1-FullyConnectedNets.ipynb").symlink_to(staff / "solutions.py")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(place / "door.py"))
    return place
