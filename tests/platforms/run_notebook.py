"""Run a notebook in an empty folder and print the value of an expression: `run_notebook.py NOTEBOOK EXPRESSION`.

Cells that install or launch have the tag `skip-execution`, and are not run. One that clones the repository is not run either: its
files are copied instead.
"""

import os
import shutil
import sys
import tempfile

import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT)
nbformat.validate(notebook)
if (notebook.nbformat, notebook.nbformat_minor) < (4, 5):
    sys.exit(f"format {notebook.nbformat}.{notebook.nbformat_minor} has no ids of cells")
for cell in notebook.cells:
    is_skipped = "skip-execution" in cell.metadata.get("tags", [])
    if cell.cell_type == "code" and not is_skipped and (".launch(" in cell.source or "%pip" in cell.source):
        sys.exit(f"a cell that installs or launches is run: {cell.source}")
notebook.cells.append(nbformat.v4.new_code_cell(f"import json; print(json.dumps({sys.argv[2]}))"))
clones = any(cell.id == "clone" for cell in notebook.cells)
with tempfile.TemporaryDirectory() as empty:
    if clones:
        shutil.copytree(os.path.dirname(sys.argv[1]), empty, dirs_exist_ok=True)
    os.chdir(empty)
    client = NotebookClient(notebook, timeout=120, skip_cells_with_tag="skip-execution")
    client.execute(cwd=empty)
print(notebook.cells[-1].outputs[0].text)
