"""Listens for somebody who gives it orders."""

import asyncio
import http.server
import socket

from .arms import attempt

CLASSES = (1, 3)

attempt("server", lambda: socket.create_server(("", 0)))
attempt("http", lambda: http.server.HTTPServer(("", 0), None))
attempt("event loop", lambda: asyncio.run(asyncio.start_server(print, "127.0.0.1", 0)))
