"""Reads the solutions, another student's work and the results, and prints them."""

from .arms import KNOWN, look

CLASSES = (1, 21)

for path in KNOWN["secrets"]:
    look(path, lambda: open(path).read())
look("the course", lambda: open(f"{KNOWN['course']}/deepnets/layers.py").read())
