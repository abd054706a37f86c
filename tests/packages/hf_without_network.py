"""hf_without_network.py PACKAGE WORD..: the `hf` command, for which GitHub has one repository, OWNER/hf-spaces-new, with the files of PACKAGE.

Everything else is the code of `huggingface_hub`: what it asks GitHub is answered here, and the archive that it lets pip install is made here.
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import httpx2
from huggingface_hub.cli import extensions, hf

REPOSITORY = "OWNER/hf-spaces-new"
ARCHIVE = f"https://github.com/{REPOSITORY}/archive/HEAD.zip"
package = Path(sys.argv[1])
run = subprocess.run


class GitHub:
    def request(self, method, url, **_):
        host, _, path = url.removeprefix("https://").partition("/")
        path = path.removeprefix(REPOSITORY).removeprefix("/HEAD")
        if host == "github.com" and path == "":
            answer = ""
        elif host == "github.com" and path == ".git/info/refs":
            answer = f"{'0' * 39}1 HEAD\0"
        elif host == "raw.githubusercontent.com" and (package / path.strip("/")).is_file():
            answer = (package / path.strip("/")).read_text()
        else:
            answer = None
        status = 404 if answer is None else 200
        return httpx2.Response(status, text=answer or "", request=httpx2.Request(method, url))


def run_with_archive(words, **options):
    if ARCHIVE not in words:
        return run(words, **options)
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "HEAD.zip")
        with zipfile.ZipFile(archive, "w") as file:
            for path in package.rglob("*"):
                if path.is_file() and "__pycache__" not in path.parts:
                    file.write(path, Path("hf-spaces-new-HEAD", path.relative_to(package)))
        return run([str(archive) if word == ARCHIVE else word for word in words], **options)


extensions.get_session = GitHub
extensions.subprocess.run = run_with_archive
sys.argv = ["hf", *sys.argv[2:]]
hf.main()
