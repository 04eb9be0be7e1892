"""What can go wrong, by whose fault: the code in the sandbox, or the sandbox itself."""


class SandboxError(Exception):
    """Anything this package raises."""


class NotIsolated(SandboxError):
    """This machine offers no way to isolate untrusted code."""


class ZygoteDied(SandboxError):
    """The sandbox itself failed; never the fault of the code that runs in it."""


class Disturbed(SandboxError):
    """The machine stopped meanwhile: nobody knows if the isolated process was late."""


class WorkerError(SandboxError):
    """The isolated process misbehaved; it has been killed."""


class Died(WorkerError):
    """The process ended without an answer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TimedOut(WorkerError):
    """No answer within the wall-clock limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no answer within {seconds:g} s")
        self.seconds = seconds


class OutputExceeded(WorkerError):
    """More was printed than the limits allow."""


class ProtocolViolation(WorkerError):
    """The bytes received are not one well-formed, expected frame."""


class TooLarge(ProtocolViolation):
    """The payload of the frame has more bytes than allowed."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(f"payload of {size} bytes, at most {limit} allowed")
        self.size, self.limit = size, limit
