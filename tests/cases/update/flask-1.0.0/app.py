"""A Flask app with a page that calls it."""

from pathlib import Path

from flask import Flask, jsonify, request, send_from_directory

HERE = Path(__file__).parent

app = Flask(__name__)


@app.get("/")
def page():
    return send_from_directory(HERE / "static", "index.html")


@app.get("/assets/<path:name>")
def asset(name: str):
    return send_from_directory(HERE / "assets", name)


@app.get("/api/measure")
def measure():
    """Count the characters, words and lines of a text."""
    text = request.args.get("text", "")
    return jsonify(characters=len(text), words=len(text.split()), lines=len(text.splitlines()))
