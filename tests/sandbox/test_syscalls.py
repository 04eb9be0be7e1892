import platform
import re
from pathlib import Path

import pytest

from autograder.sandbox import syscalls
from autograder.sandbox.errors import NotIsolated

HEADERS = {
    0: Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    1: Path("/usr/include/asm-generic/unistd.h"),
}
OTHER_NAMES = {"newfstatat": "fstatat"}


def header_numbers(path: Path) -> dict[str, int]:
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", path.read_text())
    return {name: int(number) for name, number in found}


@pytest.mark.parametrize("column", [c for c, path in HEADERS.items() if path.exists()])
def test_numbers_are_those_of_the_kernel_headers(column: int) -> None:
    known = header_numbers(HEADERS[column])
    for name, numbers in syscalls.TABLE.items():
        number = known.get(name, known.get(OTHER_NAMES.get(name, "")))
        assert numbers[column] == number, name


def test_no_number_is_used_twice() -> None:
    for column in (0, 1):
        numbers = [row[column] for row in syscalls.TABLE.values() if row[column] is not None]
        assert len(numbers) == len(set(numbers))


def test_an_unknown_machine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(NotIsolated, match="riscv64"):
        syscalls.number("read")
