"""Sends what it knows to a server on this machine, and to one outside."""

import socket
import urllib.request

from .arms import KNOWN, attempt

CLASSES = (1, 22)

for host in ("127.0.0.1", "localhost", "0.0.0.0", "1.1.1.1"):
    attempt(f"tcp {host}", lambda: socket.create_connection((host, KNOWN["tcp"]), 0.2))
url = f"http://127.0.0.1:{KNOWN['tcp']}/?solution"
attempt("http", lambda: urllib.request.urlopen(url, timeout=0.2))
attempt("six", lambda: socket.create_connection(("::ffff:127.0.0.1", KNOWN["tcp"]), 0.2))
