"""Repositories as the Hub has them, for `git push`: git's own server and a server of git-lfs, with the Hub's rules for pushes.

git_server.py FOLDER TOKEN ID..   makes a repository for each Space ID, prints the address, and serves /spaces/ID until its input ends
git_server.py --hook FOLDER       is the hook that git runs before it accepts a push
"""

import base64
import json
import os
import secrets
import socketserver
import subprocess
import sys
import threading
import warnings
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

ME = Path(__file__).resolve()
POINTER = b"version https://git-lfs.github.com/spec/v1\n"
# The words of the Hub, as users have reported them
BINARY = """
-------------------------------------------------------------------------
Your push was rejected because it contains binary files.
Please use https://huggingface.co/docs/hub/xet to store binary files.
See also: https://huggingface.co/docs/hub/xet/using-xet-storage#git

Offending files:
"""
MISSING = "Your push was rejected because an LFS pointer pointed to a file that does not exist.\n\nOffending files:\n"


def git(*words, **more):
    return subprocess.run(["git", *words], check=True, capture_output=True, **more).stdout


def hook(folder):
    """Refuses what the Hub refuses: binary files as objects of git, and large files that have not come."""
    binary, missing = [], []
    for line in sys.stdin:
        _, new, _ = line.split()
        if set(new) == {"0"}:
            continue
        objects = git("rev-list", "--objects", new, "--not", "--all")
        for row in git("cat-file", "--batch-check=%(objecttype) %(objectname) %(rest)", input=objects).decode().splitlines():
            kind, name, path = row.split(" ", 2)
            if kind != "blob":
                continue
            content = git("cat-file", "blob", name)
            if content.startswith(POINTER):
                oid = content.split(b"oid sha256:")[1].split()[0].decode()
                if not list(Path(folder, "lfs").rglob(oid)):
                    missing.append(path)
            elif b"\0" in content[:8000]:
                binary.append(path)
    for words, paths in ((BINARY, binary), (MISSING, missing)):
        if paths:
            sys.exit(words + "\n".join(f"  - {path}" for path in paths) + "\n")


def make(folder, space):
    """A repository with the commit that the Hub makes first."""
    path = folder / "git" / f"{space}.git"
    git("init", "--quiet", "--bare", "--initial-branch=main", str(path))
    git("-C", str(path), "config", "http.receivepack", "true")
    attributes = b"*.bin filter=lfs diff=lfs merge=lfs -text\n*.zip filter=lfs diff=lfs merge=lfs -text\n"
    readme = f"---\ntitle: {space}\nsdk: docker\n---\n".encode()
    rows = []
    for name, content in ((".gitattributes", attributes), ("README.md", readme)):
        blob = git("-C", str(path), "hash-object", "-w", "--stdin", input=content).decode().strip()
        rows.append(f"100644 blob {blob}\t{name}\n")
    tree = git("-C", str(path), "mktree", input="".join(rows).encode()).decode().strip()
    who = {f"GIT_{role}_{key}": "test" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    commit = git("-C", str(path), "commit-tree", tree, "-m", "initial commit", env={**os.environ, **who}).decode().strip()
    git("-C", str(path), "update-ref", "refs/heads/main", commit)
    script = path / "hooks" / "pre-receive"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ME}" --hook "{folder}"\n')
    script.chmod(0o755)


class Backend:
    """Sends what is asked of git-lfs to its server, and the rest to git's."""

    def __init__(self, folder, token):
        warnings.simplefilter("ignore")
        from giftless.app import init_app

        self.folder, self.token = folder, token
        self.lfs = init_app(
            additional_config={
                "LEGACY_ENDPOINTS": False,
                "AUTH_PROVIDERS": ["giftless.auth.allow_anon:read_write"],
                "PRE_AUTHORIZED_ACTION_PROVIDER": {
                    "factory": "giftless.auth.jwt:factory",
                    "options": {"algorithm": "HS256", "private_key": secrets.token_hex(), "default_lifetime": 60},
                },
                "TRANSFER_ADAPTERS": {"basic": {"options": {"storage_options": {"path": str(folder / "lfs")}}}},
            }
        ).wsgi_app

    def knows(self, environ):
        """The token is the password, whatever the name is."""
        scheme, _, value = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme == "Basic":
            return base64.b64decode(value).decode().partition(":")[2] == self.token
        # An upload has what the LFS server gave for it; that server checks it
        return scheme == "Bearer" and "/objects/storage/" in environ["PATH_INFO"]

    def __call__(self, environ, start):
        scheme = environ.get("HTTP_AUTHORIZATION", "none").partition(" ")[0]
        row = {"method": environ["REQUEST_METHOD"], "path": environ["PATH_INFO"], "authorization": scheme}
        with open(self.folder / "log.jsonl", "a", encoding="utf-8") as log:
            log.write(json.dumps(row) + "\n")
        if not self.knows(environ):
            start("401 Unauthorized", [("WWW-Authenticate", 'Basic realm="Authentication required"'), ("Content-Length", "0")])
            return [b""]
        if "/info/lfs/" in environ["PATH_INFO"]:
            # Its scopes take an owner of one part
            environ["SCRIPT_NAME"], environ["PATH_INFO"] = "/spaces", environ["PATH_INFO"].removeprefix("/spaces")
            if "/objects/storage/" not in environ["PATH_INFO"]:
                environ.pop("HTTP_AUTHORIZATION")
            return self.lfs(environ, start)
        return self.git(environ, start)

    def git(self, environ, start):
        head, slash, tail = environ["PATH_INFO"].removeprefix("/spaces").partition("/info/refs")
        if not slash:
            head, _, service = environ["PATH_INFO"].removeprefix("/spaces").rpartition("/")
            tail = f"/{service}"
        else:
            tail = "/info/refs"
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        variables = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.folder / "git"),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": f"{head.removesuffix('.git')}.git{tail}",
            "REMOTE_USER": "tester",
            "CONTENT_LENGTH": str(len(body)),
        }
        for name in ("REQUEST_METHOD", "QUERY_STRING", "CONTENT_TYPE", "HTTP_CONTENT_ENCODING"):
            variables[name] = environ.get(name, "")
        variables["GIT_PROTOCOL"] = environ.get("HTTP_GIT_PROTOCOL", "")
        done = subprocess.run(["git", "http-backend"], input=body, capture_output=True, env=variables, check=False)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = [tuple(line.split(": ", 1)) for line in head.decode().split("\r\n")]
        status = dict(headers).get("Status", "200 OK")
        start(status, [pair for pair in headers if pair[0] != "Status"] + [("Content-Length", str(len(content)))])
        return [content]


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, *_):
        pass


def main():
    if sys.argv[1] == "--hook":
        return hook(sys.argv[2])
    folder, token, spaces = Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[3:]
    # No configuration of this machine
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")
    for space in spaces:
        make(folder, space)
    server = make_server("127.0.0.1", 0, Backend(folder, token), Server, Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    sys.stdin.read()


main()
