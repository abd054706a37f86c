"""Import what was generated around functions that give back their arguments, and call it: `check_functions.py PLAN`.

The plan lists, for each folder, the target, the function, and its parameters with default (as Python) and a value to pass.
"""

import importlib
import json
import os
import sys
import warnings
from pathlib import Path

import bentoml
import gradio  # noqa: F401, so that it is not imported again for each app
from cog import _inspector

KEPT = set(sys.modules)


def fresh(folder):
    """Make a folder the one that Python imports from."""
    for name in set(sys.modules) - KEPT:
        if not hasattr(sys.modules[name], "__file__") or str(folder.parent) in str(sys.modules[name].__file__):
            del sys.modules[name]
    sys.path[0] = str(folder)
    os.chdir(folder)
    importlib.invalidate_caches()


def same(got, expected, what):
    if got != expected:
        raise AssertionError(f"{what}: {got!r}, and not {expected!r}")


def defaults_of(plan):
    return {one["name"]: eval(one["default"]) for one in plan["parameters"] if one["default"] is not None}


def passed_of(plan):
    return {one["name"]: one["passed"] for one in plan["parameters"]}


def check_replicate(plan):
    found = _inspector.create_predictor("run", "Runner")
    same(list(found.inputs), [one["name"] for one in plan["parameters"]], "the parameters")
    for name, default in defaults_of(plan).items():
        same(found.inputs[name].default, default, f"the default of {name}")
    runner = sys.modules["run"].Runner()
    runner.setup()
    same(runner.run(**passed_of(plan)), list(passed_of(plan).values()), "the result")


def check_bentoml(plan):
    service = next(one for one in vars(importlib.import_module("service")).values() if isinstance(one, bentoml.Service))
    (method,) = service.apis.values()
    fields = method.input_spec.model_fields
    names = [field.alias or name for name, field in fields.items()]
    same(names, [one["name"] for one in plan["parameters"]], "the parameters")
    given = method.input_spec.model_validate(passed_of(plan))
    for (name, default), field in zip(defaults_of(plan).items(), fields.values()):
        field = fields[name] if name in fields else field
        same(field.default, default, f"the default of {name}")
    result = method.func(service.inner(), **{name: getattr(given, name) for name in fields})
    same(result, list(passed_of(plan).values()), "the result")


wrong = []
for plan in json.loads(Path(sys.argv[1]).read_text()):
    folder = Path(plan["folder"])
    fresh(folder)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", SyntaxWarning)
            {"replicate": check_replicate, "bentoml": check_bentoml}[plan["target"]](plan)
    except BaseException as error:
        files = [path.read_text() for path in sorted(folder.glob("*.py"))]
        wrong.append((f"{plan['target']}: {plan['function']}: {type(error).__name__}: {error}", files))
if wrong:
    # The shortest is shown whole
    _, files = min(wrong, key=lambda one: sum(map(len, one[1])))
    sys.exit("\n".join(files + [line.replace("\n", " ")[:300] for line, _ in wrong] + [f"{len(wrong)} are wrong"]))
