import subprocess
import sys
from pathlib import Path
from shutil import copytree

import matplotlib.image
import numpy as np

from datasets import embedded, get_data
from datasets.preview import save_preview


def datasets(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "datasets", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_generate_refuses_other_images_than_the_published_ones(
    small_set: Path, tmp_path: Path
) -> None:
    folder = copytree(small_set, tmp_path / "batches")
    result = datasets("generate", folder)
    assert result.returncode == 1
    assert result.stderr.startswith(f"{folder} holds other images") and "Trace" not in result.stderr


def test_generate_checks_the_published_images(home: Path) -> None:
    result = datasets("generate", home / embedded.FOLDER)
    assert result.returncode == 0 and embedded.SHA256 in result.stdout


def test_preview_draws_one_row_a_class(small_set: Path, tmp_path: Path) -> None:
    copytree(small_set, tmp_path / embedded.FOLDER)
    data = get_data(tmp_path, num_val=60, quiet=True)
    save_preview(data, tmp_path / "preview.png", columns=4)
    picture = matplotlib.image.imread(tmp_path / "preview.png")
    assert picture.shape[0] > 10 * 32 and len(np.unique(picture)) > 100


def test_preview_command(small_set: Path, tmp_path: Path) -> None:
    embedded.draw(tmp_path / embedded.FOLDER, num_train=1100, num_test=40)
    result = datasets("preview", tmp_path / "preview.png", "--folder", tmp_path)
    assert result.returncode == 0 and result.stdout.startswith("Pictogram-10: 100 / 1,000 / 40")
    assert (tmp_path / "preview.png").stat().st_size > 10_000


def test_help_names_the_commands() -> None:
    text = datasets("--help").stdout
    assert all(name in text for name in ("preview", "generate", "download"))
