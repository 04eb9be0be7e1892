"""The staff's library as a student of another course would have written it.

Nothing of the adapter is used here: conventions are written into the source, where they are in a
student's file.
"""

import ast
import re
from collections.abc import Mapping

from autograder.dialects.dialect import DIALECTS, Dialect

from .examples_of import example
from .transposing import neural_net

RENDERED = DIALECTS
Files = dict[str, str]
PLAIN = {"cs231n-2016", "cs231n-2017", "eecs182-2019", "eecs182-2021"}
"""Where rmsprop and adam take x and dx."""
RELATIVE = {"cs231n-2021", "cs231n-2025", "eecs182-2021", "eecs182-2023", "nndl"}
STARTER_BUG = {"cs231n-2016", "eecs182-2019", "eecs182-2021", "eecs182-2023", "nndl"}


def rendered(library: Mapping[str, str], dialect: Dialect) -> Files:
    """The student files of `library` under the names and conventions of `dialect`."""
    package, files = dialect.package, {name.split("/")[-1]: t for name, t in library.items()}
    if dialect.transposed:
        text = neural_net(files["fc_net.py"], files["layers.py"])
        return {f"{package}/neural_net.py": _finished(text)}
    layers = _layers(files["layers.py"], dialect)
    texts = {
        "layers.py": layers,
        "fc_net.py": _fc_net(files["fc_net.py"], dialect),
        "optim.py": _optim(files["optim.py"], dialect),
        "cnn.py": _cnn(files["cnn.py"], dialect),
    }
    if dialect.name == "nndl":
        texts["layers.py"], texts["conv_layers.py"] = _split(layers, dialect)
    if "solver.py" in dialect.tasks:
        texts["solver.py"] = example("kim")[f"{package}/solver.py"]
    places = {
        file.split("/")[-1]: f"{package}/{file}" for file, ids in dialect.tasks.items() if ids
    }
    return {places[name]: text for name, text in texts.items() if name in places}


class _Plain(ast.NodeTransformer):
    """Without annotations, and without imports of the package."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        for argument in (*node.args.args, *node.args.kwonlyargs, node.args.kwarg, node.args.vararg):
            if argument:
                argument.annotation = None
        self.generic_visit(node)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        assert node.value is not None
        return ast.copy_location(ast.Assign([node.target], node.value), node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST | None:
        return None if node.level or node.module in ("numpy.typing", "typing") else node


def _finished(text: str, imports: str = "", without: frozenset[str] = frozenset()) -> str:
    tree = ast.parse(text)
    tree.body = [n for n in tree.body if getattr(n, "name", "") not in without]
    tree.body = [n for n in tree.body if not re.match(r"(Config|NORM|INIT)", ast.unparse(n))]
    plain = ast.unparse(ast.fix_missing_locations(_Plain().visit(tree)))
    return plain.replace("import numpy as np\n", f"import numpy as np\n{imports}", 1) + "\n"


def _edited(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert text.count(old) >= 1, old
        text = text.replace(old, new)
    return text


def _absent(text: str, dialect: Dialect) -> frozenset[str]:
    """Functions and classes of our file that the course does not ask for, nor hand out."""
    names = {task.partition(".")[0] for task in dialect.task_ids}
    handed_out = {"softmax_loss", "sgd", "spatial_batchnorm_forward", "spatial_batchnorm_backward"}
    if dialect.name not in ("cs231n-2021", "cs231n-2025"):
        handed_out.add("svm_loss")
    defined = set(re.findall(r"^(?:def|class) ([A-Za-z]\w*)", text, re.MULTILINE))
    return frozenset(defined - names - handed_out)


def _layers(text: str, dialect: Dialect) -> str:
    given = 'p, mode = dropout_param["p"], dropout_param["mode"]'
    changed = [
        ("p: probability that a value is KEPT", "p: We keep each neuron output with probability p")
    ]
    if dialect.p == "drop":
        changed = [
            (
                "p: probability that a value is KEPT",
                "p: We drop each neuron output with probability p",
            ),
            (given, given.replace("= ", "= 1 - ")),
        ]
    return _finished(_edited(text, *changed), "", _absent(text, dialect))


def _split(layers: str, dialect: Dialect) -> tuple[str, str]:
    conv = set(dialect.tasks["conv_layers.py"])
    tree = ast.parse(layers)
    parts: tuple[list[str], list[str]] = ([], [])
    for node in tree.body:
        parts[getattr(node, "name", "") in conv].append(ast.unparse(node))
    head = "import numpy as np\nfrom nndl.layers import *\n\n"
    return "\n\n".join(parts[0]) + "\n", head + "\n\n".join(parts[1]) + "\n"


def _stars(dialect: Dialect, *modules: str, depth: int) -> str:
    dots = "." * depth if dialect.name in RELATIVE else f"{dialect.package}."
    return "".join(f"from {dots}{module} import *\n" for module in modules)


def _depth(dialect: Dialect, name: str) -> int:
    return next(
        2 if "/" in file else 1 for file, t in dialect.tasks.items() if file.endswith(name) and t
    )


MODES = """        for param in (*self.bn_params, self.dropout_param):
            param["mode"] = "test" if y is None else "train"
"""
HANDED_OUT_MODES = """        mode = "test" if y is None else "train"
        self.dropout_param["mode"] = mode
        for bn_param in self.bn_params:
            bn_param[mode] = mode
"""


def _fc_net(text: str, dialect: Dialect) -> str:
    head, _, rest = text.partition("class TwoLayerNet:")
    two, _, deep = rest.partition("class FullyConnectedNet:")
    nets = f"class TwoLayerNet:{_two(two, dialect)}class FullyConnectedNet:{_deep(deep, dialect)}"
    imports = _stars(dialect, "layers", "layer_utils", depth=_depth(dialect, "fc_net.py"))
    return _finished(head + nets, imports, _absent(text, dialect))


def _two(text: str, dialect: Dialect) -> str:
    text = _edited(
        text,
        ("        dtype: DTypeLike = np.float64,\n        seed: int | None = None,\n", ""),
        ("np.dtype(dtype)", "np.dtype(float)"),
        ("default_rng(seed)", "default_rng()"),
    )
    if dialect.name == "eecs182-2023":
        text = _edited(text, ("weight_scale: float = 1e-3", "weight_scale: float = 1e-2"))
    return re.sub(r"\bhidden_dim\b", "hidden_dims", text) if dialect.name == "nndl" else text


def _deep(text: str, dialect: Dialect) -> str:
    names = dialect.arguments["FullyConnectedNet"]
    known = ["self.num_layers = 1 + len(hidden_dims)"]
    edits = [("default_rng(seed)", "default_rng()")]
    edits.append(
        ("        _check_options(dropout_keep_ratio, normalization, initialization)\n", "")
    )
    edits.append(
        ("[input_dim, *hidden_dims, num_classes]", "[input_dim] + hidden_dims + [num_classes]")
    )
    if names["dropout_keep_ratio"] == "dropout":
        off, keep = ("0", "1 - dropout") if dialect.p == "drop" else ("1", "dropout")
        known.append(f"dropout_keep_ratio = {keep}")
        edits.append(("dropout_keep_ratio: float = 1", f"dropout: float = {off}"))
        edits.append(('{"p": dropout_keep_ratio}', '{"p": dropout}'))
    if names["normalization"] == "use_batchnorm":
        known.append('normalization = "batchnorm" if use_batchnorm else None')
        edits.append(("normalization: str | None = None", "use_batchnorm: bool = False"))
    if names["initialization"]:
        edits.append(('initialization: str = "normal"', 'initialization: str = "random"'))
        edits.append(('{"normal": weight_scale', '{"random": weight_scale'))
        edits.append(('"zeros": 0}', '"zero": 0}'))
    else:
        known.append('initialization = "normal"')
        edits.append(('        initialization: str = "normal",\n', ""))
    edits.append((known[0], "\n        ".join(known)))
    if dialect.name in STARTER_BUG:
        edits.append((MODES, HANDED_OUT_MODES))
    return _edited(text, *edits)


def _optim(text: str, dialect: Dialect) -> str:
    parts = re.split(r"^(?=def )", text, flags=re.MULTILINE)
    return _finished("".join(_rule(part, dialect) for part in parts), "", _absent(text, dialect))


def _rule(text: str, dialect: Dialect) -> str:
    name = text[4 : text.index("(")] if text.startswith("def ") else ""
    if name == "adam":
        start = "1" if dialect.name == "cs231n-2017" else "0"
        states = (
            'config.setdefault("m", np.zeros_like(w))\n    config.setdefault("v", np.zeros_like(w))'
        )
        old = "config = _with_defaults(config, m=np.zeros_like(w), v=np.zeros_like(w), t=0)"
        text = _edited(text, (old, f'{states}\n    config.setdefault("t", {start})'))
        if dialect.name == "nndl":
            text = text.replace('"v"', '"a"').replace('"m"', '"v"')
    if name == "rmsprop" and dialect.name == "nndl":
        text = text.replace('"cache"', '"a"').replace("cache=", "a=")
    if name == "sgd_momentum" and dialect.momentum == "pytorch":
        text = _edited(
            text,
            (' - config["learning_rate"] * dw', " + dw"),
            (
                'next_w = w + config["velocity"]',
                'next_w = w - config["learning_rate"] * config["velocity"]',
            ),
        )
    if dialect.name in PLAIN and name in ("rmsprop", "adam"):
        text = re.sub(r"\bdw\b", "dx", re.sub(r"\bw\b", "x", text))
    return re.sub(r"\bw: (Array)", r"w: \1", text)


def _cnn(text: str, dialect: Dialect) -> str:
    text = _edited(
        text, ("        seed: int | None = None,\n", ""), ("default_rng(seed)", "default_rng()")
    )
    if not dialect.tasks.get("cnn.py") and not dialect.tasks.get("classifiers/cnn.py"):
        return ""
    depth = _depth(dialect, "cnn.py")
    if dialect.name == "nndl":
        own = _stars(
            dialect, "layers", "conv_layers", "layer_utils", "conv_layer_utils", depth=depth
        )
        return _finished(text, f"{own}from cs231n.fast_layers import *\n")
    return _finished(text, _stars(dialect, "layers", "fast_layers", "layer_utils", depth=depth))


PYTHON_2 = (
    (r"\brange\(", "xrange("),
    (r"\.items\(\)", ".iteritems()"),
    (r"//", "/"),
    (r"raise (\w+)\((f?['\"][^()]*['\"])\)$", r"raise \1, \2"),
    (r"^(\s*)return scores$", r"\1print 'scores:', scores.shape\n\1return scores"),
)


def in_python2(files: Files) -> Files:
    """The same as it was written for Python 2, but for f-strings."""
    for old, new in PYTHON_2:
        files = {name: re.sub(old, new, text, flags=re.M) for name, text in files.items()}
    return files
