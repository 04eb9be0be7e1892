"""`run_checks.py CHECKS FOLDER...`: how many checks each submission passes, in one process.

Prints a JSON object: the scores, and the processor and wall-clock seconds since the imports.
"""

import json
import sys
import time

import plain_checks

names = sys.argv[1].split(",")
started = time.process_time(), time.perf_counter()
scores = []
for folder in sys.argv[2:]:
    sys.path.insert(0, folder)
    scores.append(sum(map(plain_checks.passed, names)))
    sys.path.remove(folder)
    for module in [name for name in sys.modules if name.partition(".")[0] == "deepnets"]:
        del sys.modules[module]
used = time.process_time() - started[0], time.perf_counter() - started[1]
print(json.dumps({"scores": scores, "cpu": used[0], "wall": used[1]}))
