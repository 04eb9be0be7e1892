"""Sleeps while it is imported, so that nothing is ever asked of it."""

import time

CLASSES = (22, 34)
ENDLESS = True
SAYS = ("importing layers.py: no answer within",)

time.sleep(3600)
