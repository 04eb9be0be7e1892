"""Which isolation this machine offers, found out by using it."""

from functools import cache

from autograder.sandbox.errors import NotIsolated, SandboxError
from autograder.sandbox.layers import CANDIDATES, Tier
from autograder.sandbox.zygote import Zygote

__all__ = ["NotIsolated", "Tier", "available", "failure", "probe"]

_ADVICE = """\
This machine offers no way to isolate untrusted code:
{reasons}
Run it on Linux (x86_64 or aarch64; in a container the default settings suffice), which on macOS
and Windows means in Docker or a virtual machine. Code you trust as much as your own can run
without isolation, with --i-trust-this-code."""


def probe() -> Tier:
    """The strongest tier that works here. Raises NotIsolated, saying why and what to do."""
    for tier in CANDIDATES:
        if not failure(tier):
            return tier
    reasons = "\n".join(f"  {tier.name}: {failure(tier)}" for tier in CANDIDATES)
    raise NotIsolated(_ADVICE.format(reasons=reasons))


def available() -> list[Tier]:
    """Every tier that works here, the strongest first."""
    return [tier for tier in CANDIDATES if not failure(tier)]


@cache
def failure(tier: Tier) -> str:
    """Why a tier does not work here; empty when it does, as a throw-away process showed."""
    try:
        stopped = tried(tier)
    except (SandboxError, OSError) as error:
        return str(error).strip().rpartition("\n")[2] or type(error).__name__
    succeeded = [name for name, by in stopped.items() if not by] if tier.isolated else []
    return f"isolated code could {', '.join(succeeded)}" if succeeded else ""


def tried(tier: Tier) -> dict[str, str]:
    """What stopped each of the attempts of `selftest` in `tier`; empty for what succeeded.

    Raises SandboxError or OSError where the tier does not work.
    """
    with Zygote(tier, "autograder.sandbox.selftest:main") as zygote:
        with zygote.spawn() as process:
            reply, _ = process.request({}, seconds=10.0)
    return dict(reply["stopped"])
