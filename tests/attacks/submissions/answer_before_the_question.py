"""Sends answers while it is imported, before anything was asked."""

import os
import struct

CLASSES = (26, 34)

TEXT = b'{"ok": true, "values": {"l": []}, "changed": []}'
for _ in range(100):
    os.write(3, struct.pack("!4sIQ", b"SBX1", len(TEXT), 0) + TEXT)
