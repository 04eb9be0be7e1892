"""Where data lives, and writing it so that nobody ever sees half a file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from platformdirs import user_cache_path

FOLDER_VARIABLE = "DEEPNETS_DATA"


def data_folder(folder: Path | None = None) -> Path:
    """`folder` if given, else the environment's DEEPNETS_DATA, else the user's cache folder."""
    if folder is not None:
        return Path(folder)
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named).expanduser() if named else user_cache_path("deepnets", appauthor=False)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Opens a new file that takes the name `path` only once the block has succeeded."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with draft.open("xb") as file:
            yield file
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
