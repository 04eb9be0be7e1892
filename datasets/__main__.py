"""The command line: `python -m datasets preview | generate | download`."""

from pathlib import Path
from typing import Annotated

import typer

from datasets import cifar10, embedded
from datasets.cifar_format import DataError
from datasets.files import data_folder
from datasets.loading import get_data
from datasets.preview import save_preview

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The homework's images.")

DataFolder = Annotated[
    Path | None, typer.Option(help="Where data is kept; default $DEEPNETS_DATA or your cache.")
]


@app.command()
def preview(
    file: Annotated[Path, typer.Argument(help="The picture to write, such as preview.png.")],
    folder: DataFolder = None,
) -> None:
    """Draw a picture of the data: one row of images a class."""
    save_preview(get_data(folder), file)


@app.command()
def generate(
    folder: Annotated[Path, typer.Argument(help="The folder to write the seven files to.")],
) -> None:
    """Draw the built-in images and write them in CIFAR-10's format."""
    embedded.ensure(folder)
    if embedded.digest(folder) != embedded.SHA256:
        raise DataError(f"{folder} holds other images than expected. Delete it, then try again.")
    typer.echo(f"{folder}: SHA-256 {embedded.SHA256}, as it should be")


@app.command()
def download(folder: DataFolder = None) -> None:
    """Fetch CIFAR-10 (163 MiB); run it again to resume."""
    typer.echo(f"CIFAR-10 is in {cifar10.download(data_folder(folder))}")


def main() -> None:
    """Runs a command; what is wrong with the data is one line, not a traceback."""
    try:
        app(prog_name="python -m datasets")
    except DataError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
