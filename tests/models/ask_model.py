"""Calls `summarize` of the app in the folder it is given, against a stand-in for Inference Providers on this machine.

The second argument is `stubs` to replace the app's packages, and otherwise they are the real ones.
"""

import contextlib
import importlib
import json
import os
import sys
import threading
import time
import types
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import MagicMock

CALLS = []


class Model(BaseHTTPRequestHandler):
    """Answers with the status that the token names, such as `hf_402`."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        token = self.headers["Authorization"].removeprefix("Bearer ")
        CALLS.append((self.path, token, body))
        name = token.removeprefix("hf_")
        if name == "slow":
            time.sleep(3)
        status = int(name) if name.isdigit() else 200
        message = {"role": "assistant", "content": "" if name == "empty" else "A fox jumps."}
        answer = "<html>" if name == "html" else json.dumps({"choices": [{"index": 0, "message": message}]})
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer.encode())

    def log_message(self, *_):
        pass


class StubClient:
    """What the app uses of `InferenceClient`, over the standard library."""

    def __init__(self, token, timeout):
        self.token, self.timeout = token, timeout

    def chat_completion(self, messages, model, max_tokens):
        body = json.dumps({"messages": messages, "max_tokens": max_tokens}).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{model}/v1/chat/completions", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:
                text = json.load(answer)["choices"][0]["message"]["content"]
        except urllib.error.HTTPError as error:
            error.response = types.SimpleNamespace(status_code=error.code)
            raise
        choice = types.SimpleNamespace(message=types.SimpleNamespace(content=text))
        return types.SimpleNamespace(choices=[choice])


def stub_packages():
    for name in ["fastapi", "fastapi.staticfiles", "flask", "gradio", "pandas", "streamlit"]:
        sys.modules[name] = MagicMock()
    for framework in ["fastapi.FastAPI", "flask.Flask"]:
        module, name = framework.split(".")
        app = getattr(sys.modules[module], name).return_value
        app.get.side_effect = app.post.side_effect = lambda *_, **__: lambda function: function
    sys.modules["streamlit"].button.return_value = False
    sys.modules["streamlit"].file_uploader.return_value = None
    hub = types.ModuleType("huggingface_hub")
    hub.InferenceClient, hub.get_token = StubClient, lambda: os.environ.get("HF_TOKEN")
    sys.modules["huggingface_hub"] = hub


def main(folder, packages):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ["MODEL"] = f"http://127.0.0.1:{server.server_port}"
    os.environ["HF_HOME"] = "/nonexistent"
    os.environ.pop("HF_TOKEN", None)
    if packages == "stubs":
        stub_packages()
    os.chdir(folder)
    sys.path.insert(0, folder)
    app = importlib.import_module("app")

    def answers(token, *wanted):
        said = app.summarize("The fox. It jumps!", token)
        assert all(text in said for text in wanted) and "\n" not in said, (token, said)

    answers(None, "No model was asked", "HF_TOKEN", "18 characters, 4 words")
    assert CALLS == [], "something was called without a token"

    os.environ["HF_TOKEN"] = "hf_ours"
    assert app.summarize("The fox.") == "A fox jumps."
    path, token, body = CALLS[-1]
    assert (path, token) == ("/v1/chat/completions", "hf_ours"), CALLS[-1]
    assert "The fox." in body["messages"][0]["content"], body
    answers("hf_visitor", "A fox jumps.")
    assert CALLS[-1][1] == "hf_visitor"

    answers("hf_401", "did not answer: the token is invalid.")
    answers("hf_402", "did not answer: the credits")
    answers("hf_403", "did not answer: the token may not")
    answers("hf_404", "did not answer: there is no such model.")
    answers("hf_429", "did not answer: too many requests")
    answers("hf_500", "did not answer: ", "500")
    answers("hf_html", "did not answer: ")
    answers("hf_empty", "answered with an empty text")
    client = app.InferenceClient
    app.InferenceClient = lambda token, timeout: client(token=token, timeout=0.3)
    answers("hf_slow", "did not answer: it took too long.")
    app.MODEL = "http://127.0.0.1:9"
    answers("hf_ours", "did not answer: ")
    print(f"asked {len(CALLS)} times")


main(*sys.argv[1:])
