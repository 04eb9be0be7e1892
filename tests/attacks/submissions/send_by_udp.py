"""Sends a datagram, which needs no connection and which Landlock does not see."""

import socket

from .arms import KNOWN, attempt

CLASSES = (1, 23)


def send(family, address):
    door = socket.socket(family, socket.SOCK_DGRAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    return door.sendto(b"solution", address)


attempt("udp", lambda: send(socket.AF_INET, ("127.0.0.1", KNOWN["udp"])))
attempt("udp six", lambda: send(socket.AF_INET6, ("::ffff:127.0.0.1", KNOWN["udp"])))
attempt("broadcast", lambda: send(socket.AF_INET, ("255.255.255.255", KNOWN["udp"])))
