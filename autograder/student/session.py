"""Where a student's code runs: loads its files, carries out calls, keeps what must stay.

The sandboxed worker and the check in a notebook both use this class, so that they cannot differ.
"""

import importlib
import importlib.abc
import importlib.util
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from autograder.student.chance import seed_all
from autograder.student.channel import Call, Handle, Tree
from autograder.student.export import export
from autograder.student.statements import Stop, reason, run
from autograder.student.tensors import takes_tensors, to_tensors

StandIn = Callable[..., Any]
TASK = re.compile(r"\s*([\w.]+):")
REMOVED = {
    "itemset": "x[index] = value",
    "newbyteorder": "x.view(x.dtype.newbyteorder())",
    "ptp": "np.ptp(x)",
}
"""Methods that arrays had once; NumPy itself names what it has removed of its functions alone."""
CELL = re.compile(r"cell_(\w+)(?:\.py)?")


class Failure(Exception):
    """The call has no value; `info` is the report for `channel.error_from`."""

    def __init__(self, info: dict[str, Any]) -> None:
        super().__init__(info.get("message", ""))
        self.info = info


class Session:
    """One submission, loaded.

    `files` maps paths like "deepnets/layers.py" to source text. They are imported as `name`, which
    defaults to the package's own name; files of other packages keep theirs. `stand_ins` maps
    "layers.affine_forward" to a replacement; modules in `skip` are left empty apart from their
    stand-ins. What is `caught` counts as an error of the code: where nobody can interrupt, that may
    be everything. Of the file at a path, `anew` holds statements to be run after all of them:
    definitions in place of those that it has.
    """

    def __init__(
        self,
        package: str,
        files: Mapping[str, str],
        *,
        name: str | None = None,
        stand_ins: Mapping[str, StandIn] | None = None,
        skip: frozenset[str] = frozenset(),
        caught: tuple[type[BaseException], ...] = (Exception, SystemExit),
        anew: Mapping[str, str] | None = None,
    ) -> None:
        self.package, self.name, self.skip = package, name or package, skip
        self.caught, self.anew = caught, anew or {}
        self.stand_ins = dict(stand_ins or {})
        self.stopped: dict[str, list[Stop]] = {}
        self.handles: list[Any] = []
        self._finder = _Finder(self, _modules(package, self.name, files))
        sys.meta_path.insert(0, self._finder)

    def close(self) -> None:
        """Forget the modules of this session."""
        sys.meta_path.remove(self._finder)
        for module in self._finder.sources:
            sys.modules.pop(module, None)

    def begin(self, seed: int) -> None:
        """Start a trial."""
        self.forget()
        seed_all(seed)

    def forget(self) -> None:
        """Let go of all that was held: no handle is good any more."""
        self.handles.clear()

    def load(self, module: str) -> ModuleType:
        """Import `module` of the submission; what stops it half-way is kept in `stopped`."""
        try:
            return importlib.import_module(f"{self.name}.{module}")
        except ModuleNotFoundError:
            raise Failure(_missing(f"there is no {named(module)}")) from None
        except self.caught as error:
            raise Failure(self._report(error)) from None

    def stops(self) -> dict[str, list[str]]:
        """Why statements of the files that were imported failed, by path."""
        paths = {module: path for module, (path, _) in self._finder.sources.items()}
        return {
            paths[module]: [stop.reason for stop in stops]
            for module, stops in self.stopped.items()
            if stops
        }

    def execute(self, call: Call) -> tuple[Tree, tuple[int, ...]]:
        """The exported value of `call`, and which array arguments it changed; raises Failure."""
        args, kwargs = self._import(list(call.args)), self._import(dict(call.kwargs))
        before = [x.copy() if isinstance(x, np.ndarray) else None for x in args]
        try:
            owner = self._owner(call)
            given = to_tensors([args, kwargs]) if takes_tensors(owner) else [args, kwargs]
            value = self._function(call, owner)(*given[0], **given[1])
        except Failure:
            raise
        except self.caught as error:
            raise Failure(self._explained(error)) from None
        changed = [i for i, x in enumerate(before) if x is not None and _differ(x, args[i])]
        return self._results(value, call.keep), tuple(changed)

    def _function(self, call: Call, owner: Any) -> Callable[..., Any]:
        if call.operation == "hold":
            return lambda *values: values
        if call.operation == "read":
            return lambda: owner
        name = call.target.rsplit(".", 1)[-1]
        if call.operation == "get":
            return lambda: _attribute(owner, name, self.stopped)
        if call.operation == "update":
            return lambda items: _attribute(owner, name, self.stopped).update(items)
        found: Callable[..., Any] = _attribute(owner, name, self.stopped)
        return found

    def _owner(self, call: Call) -> Any:
        if call.operation == "hold":
            return None
        if call.on is not None:
            return self._import(call.on)
        return self.load(call.target.rsplit(".", 1)[0])

    def _import(self, tree: Tree) -> Any:
        match tree:
            case Handle():
                if not 0 <= tree.id < len(self.handles):
                    raise Failure({"kind": "Unusable", "message": "unknown handle"})
                return self.handles[tree.id]
            case list() | tuple():
                return type(tree)(self._import(item) for item in tree)
            case dict():
                return {key: self._import(item) for key, item in tree.items()}
            case np.ndarray():
                return tree.copy()
        return tree

    def _results(self, value: Any, keep: tuple[int, ...]) -> Tree:
        if keep and isinstance(value, tuple):
            return tuple(
                self._keep(x) if i in keep else export(x, self._keep) for i, x in enumerate(value)
            )
        return export(value, self._keep)

    def _keep(self, value: Any) -> Handle:
        self.handles.append(value)
        return Handle(len(self.handles) - 1, type(value).__name__[:64])

    def _report(self, error: BaseException) -> dict[str, Any]:
        """In the student's words: two sessions in one process have names of their own."""
        report = described(error)
        message = report["message"].replace(self.name, self.package)
        # Modules that come from memory have no location, which Python regrets.
        message = message.replace(" (unknown location)", "")
        return {**report, "message": message, "where": self.where(error)}

    def _explained(self, error: BaseException) -> dict[str, Any]:
        """A name that is not defined may be one that the file has lost."""
        report = self._report(error)
        if type(error) is NameError and error.name and error.__traceback__:
            *_, (frame, _) = traceback.walk_tb(error.__traceback__)
            module = frame.f_globals.get("__name__", "")
            if why := reason(self.stopped, module, error.name):
                report["message"] += f", because the file stopped with {why}"
        return report

    def where(self, error: BaseException) -> str:
        """File, line and text of the last line of the submission that `error` passed, or ""."""
        frames = traceback.extract_tb(error.__traceback__)
        own = [f for f in frames if f.filename in self._finder.texts]
        if isinstance(error, SyntaxError):
            return _place(error.filename or "", error.lineno) if error.lineno else ""
        if not own:
            return ""
        last = own[-1]
        lines = ["", *self._finder.texts[last.filename].splitlines()]
        source = lines[last.lineno].strip() if last.lineno and last.lineno < len(lines) else ""
        return f"{_place(last.filename, last.lineno or 0)}, in {last.name}: {source[:200]}"


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports a submission's modules from memory."""

    def __init__(self, session: Session, sources: dict[str, tuple[str, str]]) -> None:
        self.session, self.sources = session, sources
        self.texts = dict(sources.values())

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname not in self.sources:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=self.sources[fullname][0])

    def is_package(self, fullname: str) -> bool:
        return self.sources[fullname][0].endswith("__init__.py")

    def get_source(self, fullname: str) -> str:
        return self.sources[fullname][1]

    def exec_module(self, module: ModuleType) -> None:
        """Run the module; where it stops, the statements below are run all the same."""
        session, short = self.session, module.__name__.rsplit(".", 1)[-1]
        if short not in session.skip:
            session.stopped[module.__name__] = list(self._stops(module))
        for target, stand_in in session.stand_ins.items():
            owner, name = target.rsplit(".", 1)
            if owner == short and module.__name__.startswith(f"{session.name}."):
                setattr(module, name, stand_in)

    def _stops(self, module: ModuleType) -> Iterator[Stop]:
        path, source = self.sources[module.__name__]
        try:
            for text in (source, *filter(None, [self.session.anew.get(path)])):
                for cause, names in run(text, path, module.__dict__, self.session.caught):
                    yield Stop(self._reason(cause), names)
        except self.session.caught as error:
            yield Stop(self._reason(error))

    def _reason(self, error: BaseException) -> str:
        report = self.session._report(error)
        return f"{report['kind']}: {report['message']} ({report['where']})"


def _modules(package: str, name: str, files: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    sources = {name: (f"{package}/__init__.py", "")}
    for path, text in files.items():
        *folders, file = path.removesuffix(".py").split("/")
        # A notebook's cell counts as a module of the package: two sessions must not share it.
        places = [name, *folders[1:]] if folders[:1] in ([], [package]) else folders
        for depth in range(len(places)):
            folder = "/".join(folders[: depth + 1])
            sources.setdefault(".".join(places[: depth + 1]), (f"{folder}/__init__.py", ""))
        sources[".".join(places if file == "__init__" else [*places, file])] = (path, text)
    return sources


def _attribute(owner: Any, name: str, stopped: Mapping[str, list[Stop]]) -> Any:
    try:
        return getattr(owner, name)
    except AttributeError as error:
        # A module that stands for another one looks further there.
        where = error.obj if isinstance(error.obj, ModuleType) else owner
        label = getattr(where, "__name__", type(where).__name__)
        short = CELL.sub(r"the cell of \1", str(label).rsplit(".", 1)[-1])
        text = f"{short} has no '{name}'"
        if why := reason(stopped, label, name):
            text += f", because the file stopped with {why}"
        raise Failure({"kind": "Stopped" if why else "Missing", "message": text}) from None


def described(error: BaseException) -> dict[str, Any]:
    """A report of `error` for `channel.error_from`."""
    kind, message = type(error).__name__, _text(error)
    match = TASK.match(message) if isinstance(error, NotImplementedError) else None
    if isinstance(error, AttributeError) and isinstance(error.obj, np.ndarray | np.generic):
        new = REMOVED.get(str(error.name))
        message += f": NumPy 2 has removed it, write {new}" if new else ""
    return {"kind": kind, "message": message, "task": match and match[1]}


def _place(path: str, line: int) -> str:
    """Where that is for a student: one line stands above the cell, which lies in a notebook."""
    cell = CELL.fullmatch(path)
    return f"the cell of {cell[1]}, line {line - 1}" if cell else f"{path}, line {line}"


def named(module: str) -> str:
    """How a student calls it."""
    cell = CELL.fullmatch(module)
    return f"cell that defines {cell[1]}" if cell else f"file {module}.py"


def _missing(message: str) -> dict[str, Any]:
    return {"kind": "Missing", "message": message}


def _differ(before: Any, after: Any) -> bool:
    same: bool = before.shape == after.shape and before.tobytes() == after.tobytes()
    return not same


def _text(error: BaseException) -> str:
    # A SyntaxError repeats its place, which is told apart.
    message = error.msg if isinstance(error, SyntaxError) else error
    try:
        return str(message)[:2000]
    except Exception:
        return "(the exception's message cannot be printed)"
