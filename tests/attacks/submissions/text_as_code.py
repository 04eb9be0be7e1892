"""Returns text, names and numbers that are dangerous to whoever evaluates or formats them."""

CLASSES = (24, 26)

TEXTS = ["__import__('os').system('true')", "{0.__class__.__mro__}", "%s%n%n", "${IFS}", "$(id)"]
TEXTS += ["'; DROP TABLE verdicts; --", "\x00", "../../etc/passwd", "nan", "1e999", "[bold]x[/]"]


def affine_forward(x, w, b):
    return TEXTS[0], {text: text for text in TEXTS}


def relu_forward(x):
    return TEXTS, TEXTS[1]


def affine_backward(dout, cache):
    return tuple(TEXTS[:3])
