"""Sends answers while it is imported, before anything was asked."""

from .arms import forge

CLASSES = (26, 34)
SAYS = ("forged before the question",)

for _ in range(100):
    forge({"ok": True, "values": {"l": []}, "changed": []})
print("forged before the question")
