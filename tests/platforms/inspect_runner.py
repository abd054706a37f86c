"""Print, as JSON, what Cog finds in a runner: `inspect_runner.py MODULE`, in the folder of the app.

Fails if Cog warns of something that is deprecated, or if the module imports a file of the app before its `setup`.
"""

import json
import sys
import warnings
from pathlib import Path

sys.path.insert(0, ".")
warnings.simplefilter("error", DeprecationWarning)
from cog import _inspector

module = sys.argv[1]
found = _inspector.create_predictor(module, "Runner")

here = Path.cwd()
for name, loaded in list(sys.modules.items()):
    file = getattr(loaded, "__file__", None)
    if name != module and file and here in Path(file).resolve().parents:
        sys.exit(f"{module}.py imports {file} before setup()")

inputs = {}
for name, one in found.inputs.items():
    kind = one.type.primitive.name.lower()
    if one.type.repetition.name.endswith("REPEATED"):
        kind = f"list of {kind}"
    known = {"type": kind, "default": one.default, "ge": one.ge, "le": one.le, "choices": one.choices}
    inputs[name] = {key: value for key, value in known.items() if value is not None}
print(json.dumps({"inputs": inputs, "output": found.output.kind.name.lower()}))
