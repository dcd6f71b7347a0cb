"""Runs the example notebook and keeps what its cells show: `python docs/notebook.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FORMAT: Any = nbformat  # it says nothing of its types
PATH = Path(__file__).parent / "notebook.ipynb"


def executed(folder: Path) -> Any:
    """The notebook after all its cells have run in a folder; raises CellExecutionError."""
    book = FORMAT.read(str(PATH), as_version=4)
    where = {"metadata": {"path": str(folder)}}
    NotebookClient(
        book, timeout=120, kernel_name="python3", resources=where, store_widget_state=False
    ).execute()
    for number, cell in enumerate(book.cells):
        cell.id, cell.metadata = f"cell-{number}", {}
    FORMAT.validate(book)
    return book


if __name__ == "__main__":
    FORMAT.write(executed(Path.cwd()), str(PATH))
    print("docs/notebook.ipynb")
