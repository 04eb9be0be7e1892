"""Returns containers that hold themselves."""

CLASSES = (22, 26)

ring = []
ring.append(ring)
knot = {"self": ring}
knot["knot"] = knot


def affine_forward(x, w, b):
    return ring, knot


def affine_backward(dout, cache):
    return knot, (ring, knot), dout


def relu_forward(x):
    raise ValueError(ring)
