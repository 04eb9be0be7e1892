"""Sleeps while it is imported, so that nothing is ever asked of it."""

import time

CLASSES = (22, 34)
ENDLESS = True

time.sleep(3600)
