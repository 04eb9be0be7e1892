"""Raises an exception whose text never comes to an end."""

CLASSES = (22, 8)
ENDLESS = True


class Endless(Exception):
    def __str__(self):
        while True:
            pass


def relu_forward(x):
    raise Endless
