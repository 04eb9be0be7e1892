"""Puts scripts, styles and frames into every text of its that a page could show."""

CLASSES = (32,)
TASKS = ("affine_forward", "affine_backward", "relu_forward", "relu_backward", "softmax_loss",
         "svm_loss")  # fmt: skip
TEXT = "</script></td><script>alert(1)</script><img src=x onerror=alert(2)><iframe src=//x>"
TEXT += "<style>*{display:none}</style><a href=javascript:alert(3)>x</a>{{7*7}}{% raw %}&lt;"
TEXT += "<meta http-equiv=refresh content='0;url=//x'>"


def affine_forward(x, w, b):
    raise ValueError(TEXT)


def affine_backward(dout, cache):
    return {TEXT: TEXT}, TEXT, {TEXT}


relu_forward = type(TEXT, (), {"__call__": lambda self, x: self.missing})()


def relu_backward(dout, cache):
    exec(compile("raise KeyError(TEXT)", TEXT, "exec"), {"TEXT": TEXT})


raise RuntimeError(TEXT)
