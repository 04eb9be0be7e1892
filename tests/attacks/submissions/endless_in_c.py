"""Never returns from a library function, which no signal of Python interrupts."""

CLASSES = (22,)
ENDLESS = True


def relu_forward(x):
    return sum(range(10**15))
