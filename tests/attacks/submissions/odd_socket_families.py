"""Asks for sockets of the kinds that isolation forgets: netlink, packets, virtual machines."""

import socket

from .arms import attempt

CLASSES = (23, 29)

FAMILIES = {"netlink": 16, "packet": 17, "raw": 2, "vsock": 40, "alg": 38, "bluetooth": 31}
FAMILIES |= {"can": 29, "tipc": 30, "rds": 21, "xdp": 44, "kcm": 41, "smc": 43, "key": 15}
for name, family in FAMILIES.items():
    for kind in (socket.SOCK_RAW, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        attempt(f"{name} {kind}", lambda: socket.socket(family, kind))
attempt("interfaces", socket.if_nameindex)
