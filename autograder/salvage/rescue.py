"""What is intact in a text that does not compile; the rest raises the SyntaxError when called."""

from autograder.salvage.parts import Part, body_indent, parts, without_tail
from autograder.salvage.remark import Remark
from autograder.salvage.slips import mended
from autograder.salvage.syntax import syntax_error

MOST = 100
"""A file with more faults than this is given up: each costs attempts to compile."""

HOPELESS = f"more than {MOST} places are no Python: nothing of it is judged"


class _Hopeless(Exception):
    """More than MOST faults."""


class Rescue:
    """One file, part by part; slips of the kinds in `allowed` are mended.

    Afterwards `remarks` tell what was wrong, and `lost` counts the lines that were left out.
    """

    def __init__(self, path: str, allowed: frozenset[str]) -> None:
        self.path, self.allowed = path, allowed
        self.remarks: list[Remark] = []
        self.lost = 0

    def text(self, text: str) -> str:
        """`text` if it compiles, else its intact parts at the lines where they stand."""
        if syntax_error(text) is None:
            return text
        whole = Part(text if text.endswith("\n") else f"{text}\n")
        try:
            rescued = "".join(map(self._part, parts(whole)))
        except _Hopeless:
            self.remarks, self.lost = [Remark("lost", HOPELESS)], whole.height
            return "\n" * whole.height
        error = syntax_error(rescued)
        return rescued if error is None else self._left_out(whole, error)

    def _part(self, part: Part) -> str:
        if len(self.remarks) > MOST:
            raise _Hopeless
        told = len(self.remarks)
        part = self._mended(part)
        if part.error is None:
            return part.text
        if split := without_tail(part):
            return split[0].text + self._part(split[1])
        if part.definition and part.definition[1] == "class" and not part.indent:
            return self._class(part)
        # What was mended of a part that is lost all the same is of no use to anybody.
        self.remarks[told:] = [remark.after(frozenset()) for remark in self.remarks[told:]]
        return self._left_out(part, part.error)

    def _mended(self, part: Part) -> Part:
        if part.error is None:
            return part
        text, remarks = mended(part.head + part.text)
        repaired = {remark.kind for remark in remarks} <= self.allowed
        self.remarks += [r.after(self.allowed) if repaired else r for r in remarks]
        return Part(text[len(part.head) :], part.line, part.indent) if repaired else part

    def _class(self, part: Part) -> str:
        """A class loses only the methods that are broken."""
        head, *members = parts(part, body_indent(part))
        rescued = head.text + "".join(map(self._part, members))
        error = syntax_error(part.head + rescued)
        return rescued if error is None else self._left_out(part, error)

    def _left_out(self, part: Part, error: SyntaxError) -> str:
        problem = f"line {error.lineno}: {error.msg}"
        self.lost += part.height
        if part.definition is None:
            self.remarks.append(Remark("lost", f"{problem}; this is left out"))
            return "\n" * part.height
        text = f"{problem}; {part.definition[2]} cannot be judged"
        self.remarks.append(Remark("lost", text))
        raising = f"raise SyntaxError({f'{self.path}, {problem}'!r})"
        stub = f"{part.indent}def {part.definition[2]}(*args, **kwargs): {raising}"
        return stub + "\n" * part.height
