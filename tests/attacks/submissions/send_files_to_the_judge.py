"""Uses its connection to the judge as a socket: passes descriptors, renames and shuts it."""

import socket

from .arms import KNOWN, attempt

CLASSES = (26,)
ON = "right"
EARNS = "all"

link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=3)
attempt("descriptors", lambda: socket.send_fds(link, [b"x"], [0]))
attempt("data", lambda: link.send(b"x"))
attempt("out of band", lambda: link.send(b"x", socket.MSG_OOB))
attempt("connect elsewhere", lambda: link.connect(KNOWN["door"]))
attempt("listen", link.listen)
attempt("options", lambda: link.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1))
attempt("who is there", lambda: link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
attempt("shut", lambda: link.shutdown(socket.SHUT_RDWR))
link.detach()
