"""run_action.py CHECKOUT WORKSPACE [NAME=VALUE ..]: runs the steps of CHECKOUT/action.yml in WORKSPACE as a runner does, with these inputs."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

checkout, workspace = (Path(word).resolve() for word in sys.argv[1:3])
action = yaml.safe_load((checkout / "action.yml").read_text())
inputs = {name: row["default"] for name, row in action["inputs"].items()}
given = dict(word.split("=", 1) for word in sys.argv[3:])
assert given.keys() <= inputs.keys(), f"no input is called {given.keys() - inputs.keys()}"
inputs.update(given)

runs = action["runs"]
assert runs["using"] == "composite", runs
with tempfile.TemporaryDirectory() as temporary:
    for step in runs["steps"]:
        # Text from outside reaches a script only in variables: an expression would be pasted into it
        assert step["shell"] == "bash" and "${{" not in step["run"], step
        assert step.keys() <= {"name", "shell", "env", "run"}, step
        expand = lambda text: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: inputs[found[1]], text)
        variables = {name: expand(text) for name, text in step.get("env", {}).items()}
        assert not any("${{" in text for text in variables.values()), variables
        script = Path(temporary, "step.sh")
        script.write_text(step["run"])
        environment = os.environ | {"GITHUB_ACTION_PATH": str(checkout), "RUNNER_TEMP": temporary, "GITHUB_ACTIONS": "true"} | variables
        print(f"-- {step['name']}", flush=True)
        done = subprocess.run(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script], cwd=workspace, env=environment)
        if done.returncode != 0:
            sys.exit(done.returncode)
