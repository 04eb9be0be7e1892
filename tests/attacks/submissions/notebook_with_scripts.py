"""A notebook whose outputs, attachments and metadata are scripts aimed at whoever shows it."""

import json
from pathlib import Path

CLASSES = (33, 32)
EARNS = "all"
SAYS = ('"2-Optimizers.ipynb", "status": "salvaged"',)
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def build(folder: Path, work) -> Path:
    data = {"text/html": SCRIPT, "application/javascript": "alert(3)", "image/svg+xml": SCRIPT}
    output = {"output_type": "display_data", "data": data, "metadata": {SCRIPT: SCRIPT}}
    error = {"output_type": "error", "ename": SCRIPT, "evalue": "\x1b[2J", "traceback": [SCRIPT]}
    cells = [
        {"cell_type": "code", "source": "%%javascript\nalert(4)", "outputs": [output, error],
         "execution_count": None, "metadata": {"nbgrader": {"points": 1e9, "grade": True}}},
        {"cell_type": "markdown", "source": f"[x](javascript:alert(5)) {SCRIPT}",
         "attachments": {"a.svg": {"image/svg+xml": SCRIPT}}, "metadata": {}},
        {"cell_type": SCRIPT, "source": [SCRIPT, 7, None], "metadata": []},
    ]  # fmt: skip
    metadata = {"kernelspec": {"name": "../../bin/sh", "display_name": SCRIPT}, "title": SCRIPT}
    text = json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})
    place = folder / "eve"
    place.mkdir()
    for name in ("1-FullyConnectedNets", "2-Optimizers", "<b>"):
        (place / f"{name}.ipynb").write_text(text)
    (place / "layers.py").write_text(work["right"]["deepnets/layers.py"])
    return place
