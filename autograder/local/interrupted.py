"""What a student sees who stops a check."""


class CheckInterrupted(KeyboardInterrupt):
    """A check was interrupted; the message says which, and at which line of the student's code."""

    def __init__(self, task: str, where: str) -> None:
        place = f", at {where}" if where else ""
        super().__init__(f"Interrupted while {task} was checked{place}")

    def _render_traceback_(self) -> list[str]:
        """IPython asks for this: the checker's own frames are of no use to a student."""
        return [str(self)]
