"""What one cell prints, up to a limit: a flood then costs its own cell, not the kernel."""

from typing import Any, ClassVar

from ipykernel.iostream import OutStream


class BoundedStream(OutStream):  # type: ignore[misc]
    """Passes over what a cell prints beyond `most` characters, and says so once."""

    most: ClassVar[int] = 1 << 20

    def __init__(self, *args: Any, **options: Any) -> None:
        self._cell, self._left = "", self.most
        super().__init__(*args, **options)

    def write(self, string: str) -> int:
        """As of any stream; what is passed over counts as written."""
        cell = self.parent_header.get("msg_id", "")
        if cell != self._cell:
            self._cell, self._left = cell, self.most
        if self._left >= 0:
            self._left -= len(string)
            cut = len(string) + min(self._left, 0)
            remark = f"\n[more than {self.most} characters: the rest was left out]\n"
            super().write(string[:cut] + (remark if self._left < 0 else ""))
        return len(string)
