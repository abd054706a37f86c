"""Starts the program of the package `spaces-new`, with the same arguments and exit code."""

import os
import subprocess
import sys
import sysconfig


def main():
    # Beside this script, and not on PATH: the `hf` command keeps each extension in an environment of its own
    name = "spaces-new.exe" if os.name == "nt" else "spaces-new"
    program = os.path.join(sysconfig.get_path("scripts"), name)
    if os.name == "nt":
        # There, execv returns to the shell before the program ends
        sys.exit(subprocess.call([program, *sys.argv[1:]]))
    os.execv(program, ["spaces-new", *sys.argv[1:]])
