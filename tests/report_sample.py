"""A class of two dozen, with hostile names and texts."""

from typing import Any

SEED = "5eed0badc0ffee42"
GRADER_TRACE = "MemoryError in the judge"
STAFF_SECRET = "expected [0.1234 0.5678]"
SCRIPT = "<script>alert('x')</script>"
FORMULA = '=HYPERLINK("http://evil.example","marks")'
ESCAPE = "\x1b[2J\x1b]0;owned\x07[bold red]mallory"
LONG = "Wolfeschlegelsteinhausenbergerdorff-" * 8

FC, OPTIM = "1-FullyConnectedNets.ipynb", "2-Optimizers.ipynb"
TASKS = [
    ("affine_forward", "Affine layer: forward pass", 2.0, FC),
    ("affine_backward", "Affine layer: backward pass", 3.0, FC),
    ("relu_forward", "ReLU: forward pass", 1.0, FC),
    ("relu_backward", "ReLU: backward pass", 1.0, FC),
    ("softmax_loss", "Softmax loss", 3.0, FC),
    ("svm_loss", "Multiclass SVM loss", 3.0, FC),
    ("TwoLayerNet.init", "Two-layer net: parameters", 1.0, FC),
    ("TwoLayerNet.scores", "Two-layer net: scores", 2.0, FC),
    ("TwoLayerNet.loss", "Two-layer net: loss", 2.0, FC),
    ("TwoLayerNet.gradients", "Two-layer net: gradients", 3.0, FC),
    ("FullyConnectedNet.scores", "Deep net: scores", 2.0, FC),
    ("FullyConnectedNet.gradients", "Deep net: gradients", 4.0, FC),
    ("two_layer_hyperparameters", "Train a two-layer net", 3.0, FC),
    ("sgd_momentum", "SGD with momentum", 2.0, OPTIM),
    ("rmsprop", "RMSProp", 2.0, OPTIM),
    ("adam", "Adam", 3.0, OPTIM),
    ("adagrad", "AdaGrad", 2.0, OPTIM),
]
MISMATCH = """db differs from the right answer in 5 of 5 entries.
  shape     (5,)
  first     db[0] =  0.3127   where your forward pass changes by -1.8841
  largest   db[3] =  0.0410   where your forward pass changes by  2.6035
  x 0.2 of the right answer everywhere: a sum was taken as a mean?"""

NAMES = (
    *("alice", "bob", "Bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy"),
    *("kim", "lena", "mike", "nina", "olga", "peggy", "rupert", "sybil", "trent", "ursula"),
    "victor",
)
SECTION = "1-FullyConnectedNets.ipynb: Affine layer: backward"


def finding(visibility: str = "student", **changes: str) -> dict[str, Any]:
    """A finding as the grader writes it, but for `changes`."""
    found = {
        "quantity": "db",
        "message": MISMATCH,
        "hint": "The bias is added to every row: its gradient is a sum over the rows.",
        "section": SECTION,
        "trial": "main/wide",
        "visibility": visibility,
    }
    return found | changes


def _task(task: tuple[str, str, float, str], verdict: str, **changes: Any) -> dict[str, Any]:
    share = {"passed": 1.0, "partial": 0.7}.get(verdict, 0.0)
    result = {
        "id": task[0],
        "verdict": verdict,
        "points": share * task[2],
        "max_points": task[2],
        "stand_ins": [],
        "diagnosis": [],
        "notes": [],
        "findings": [],
    }
    return result | changes


def _submission(name: str, number: int) -> dict[str, Any]:
    tasks = [_task(task, _verdict(number, i)) for i, task in enumerate(TASKS)]
    for task in tasks:
        if task["verdict"] in ("failed", "partial"):
            task["findings"] = [finding(), finding("staff", message=STAFF_SECRET)]
            task["diagnosis"] = [f"{task['id']}.db_not_summed"] if number % 3 else []
    return {
        "id": name,
        "dialect": "cs231n-2021",
        "dialect_evidence": ["softmax_loss is in layers.py"],
        "points": sum(task["points"] for task in tasks),
        "max_points": sum(task[2] for task in TASKS),
        "files": [{"path": "deepnets/layers.py", "status": "ok", "message": ""}],
        "tasks": tasks,
    }


def _verdict(number: int, task: int) -> str:
    roll = (number * 37 + task * 61 + number * task * 7) % 100
    return "passed" if roll < 100 - 3 * number else ("failed", "partial", "blocked")[roll % 3]


def _hostile() -> list[dict[str, Any]]:
    names = (SCRIPT, FORMULA, ESCAPE, LONG, "../../etc/passwd", "a\udcff\u202eb", "con")
    return [_submission(name, 3 + 4 * i) for i, name in enumerate(names)]


def _in_every_state() -> dict[str, Any]:
    """alice: one task of each verdict, stand-ins, notes, hostile findings, files in trouble."""
    alice = _submission("alice", 0)
    changes: dict[str, dict[str, Any]] = {
        "affine_backward": {"verdict": "partial", "points": 2.1, "findings": [finding()]},
        "softmax_loss": {
            "verdict": "failed",
            "points": 0.0,
            "diagnosis": ["softmax_loss.not_averaged"],
            "findings": [
                finding(quantity="loss", hint="", message=f"loss is {SCRIPT}\n<b>12.5</b>"),
                finding("staff", message=STAFF_SECRET, hint="STAFF HINT"),
            ],
        },
        "svm_loss": {"verdict": "not attempted", "points": 0.0},
        "TwoLayerNet.loss": {"stand_ins": ["softmax_loss", "affine_backward"]},
        "TwoLayerNet.init": {"notes": ["W1 is float32; float64 was expected. This costs nothing."]},
        "TwoLayerNet.gradients": {"verdict": "blocked", "points": 0.0},
        "FullyConnectedNet.scores": {
            "verdict": "crashed",
            "points": 0.0,
            "findings": [finding(quantity="", hint="", message=f"KeyError: 'W4'\n{ESCAPE}")],
        },
        "two_layer_hyperparameters": {"verdict": "timed out", "points": 0.0},
        "adam": {
            "verdict": "grader fault",
            "findings": [finding(quantity="", hint="", message=GRADER_TRACE)],
        },
        "adagrad": {"verdict": "skipped", "points": 0.0},
    }
    for task in alice["tasks"]:
        task.update(changes.get(task["id"], {}))
    alice["points"] = sum(task["points"] for task in alice["tasks"])
    alice["files"] += [
        {
            "path": "deepnets/optim.py",
            "status": "salvaged",
            "message": "line 81: '(' was never closed; the other functions were judged.",
        },
        {"path": f"deepnets/{SCRIPT}.py", "status": "refused", "message": "not a plain file"},
        {"path": "deepnets/fc_net.py", "status": "missing", "message": ""},
        {"path": "deepnets/solver.py", "status": "ignored", "message": "given by the staff"},
    ]
    return alice


def sample() -> dict[str, Any]:
    """A fresh result document; its first submission is alice."""
    others = [_submission(name, number) for number, name in enumerate(NAMES) if number]
    keys = ("id", "title", "points", "notebook")
    return {
        "schema": 1,
        "assignment": "modular-nets",
        "title": "Modular networks",
        "seed": SEED,
        "run": {
            "tier": "namespaces + seccomp + landlock",
            "versions": {"autograder": "0.1.0", "numpy": "2.4.6", "python": "3.11.2"},
            "started": "2026-03-02T09:30:00+00:00",
            "seconds": {"total": 41.7},
        },
        "tasks": [dict(zip(keys, task, strict=True)) for task in TASKS],
        "submissions": [_in_every_state(), *others, *_hostile()],
    }
