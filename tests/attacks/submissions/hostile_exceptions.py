"""Raises exceptions that fight whoever looks at them: endless, huge, raising, never equal."""

CLASSES = (22, 24, 32)
TASKS = ("affine_forward", "affine_backward", "relu_forward", "relu_backward", "softmax_loss",
         "svm_loss")  # fmt: skip


class Raising(Exception):
    def __str__(self):
        raise Raising

    __repr__ = __str__

    def __getattribute__(self, name):
        raise Raising


class Huge(Exception):
    def __str__(self):
        return "\x1b[31m<script>" * 1_000_000


class NoText(Exception):
    def __str__(self):
        return 7


def affine_forward(x, w, b):
    raise Raising


def affine_backward(dout, cache):
    raise Huge


def relu_forward(x):
    raise NoText


def relu_backward(dout, cache):
    raise ExceptionGroup("x", [ExceptionGroup("y", [Huge()] * 1000)]) from Huge()


def softmax_loss(x, y):
    try:
        raise Huge
    except Huge as error:
        error.__traceback__, error.__cause__ = None, error
        raise
