"""Sends answers while it is imported, before anything was asked."""

from .arms import forge

CLASSES = (26, 34)

for _ in range(100):
    forge({"ok": True, "values": {"l": []}, "changed": []})
