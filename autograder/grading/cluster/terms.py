"""What must be the same on two machines, so that their verdicts are: byte for byte."""

import platform
from collections.abc import Mapping

from autograder.assignment import Assignment
from autograder.grading.desk import versions
from autograder.grading.provenance import checks_digest, engine_digest
from autograder.sandbox.tiers import Tier
from datasets import chosen_source


def terms(assignment: Assignment, tier: Tier) -> dict[str, str]:
    """Each by its name; the assignment's checks have to be loaded."""
    return {
        **versions(),
        "processor": platform.machine(),
        "isolation": tier.name,
        "data set": chosen_source(),
        "autograder (digest)": engine_digest(),
        "checks (digest)": checks_digest(assignment),
    }


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """A sentence about what differs; "" if nothing does."""
    names = [name for name in {**here, **there} if here.get(name) != there.get(name)]
    return "; ".join(
        f"{name}: {_short(there.get(name))} there, {_short(here.get(name))} here" for name in names
    )


def _short(value: str | None) -> str:
    """Of a digest, enough to tell it from others."""
    return "none" if value is None else value if len(value) < 40 else f"{value[:28]}..."
