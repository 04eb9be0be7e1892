"""Never returns."""

CLASSES = (22,)
ENDLESS = True


def affine_forward(x, w, b):
    while True:
        pass
