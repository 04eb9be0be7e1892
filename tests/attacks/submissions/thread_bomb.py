"""Starts threads until no more can be, and then works as it should."""

import threading

CLASSES = (22,)
ON = "right"
EARNS = "all"
SAYS = ("no thread is left",)

wait = threading.Event()
threads = []
try:
    for _ in range(10_000):
        threads.append(threading.Thread(target=wait.wait, daemon=True))
        threads[-1].start()
except (RuntimeError, MemoryError) as error:
    print("no thread is left", len(threads), error)
wait.set()
assert len(threads) < 1000
