"""A Gradio app that measures a text."""

import html
import re
from pathlib import Path

import gradio as gr

TITLE = "Gradio"
EXAMPLES = Path(__file__).parent / "assets" / "examples.txt"


def measure(text: str) -> dict[str, int]:
    """Count the characters, words and sentences of a text."""
    return {
        "characters": len(text),
        "words": len(text.split()),
        "sentences": len(re.findall(r"[.!?]+(?=\s|$)", text)),
    }


def read_examples() -> list[str]:
    """One example per line."""
    return [line for line in EXAMPLES.read_text(encoding="utf-8").splitlines() if line]


with gr.Blocks(title=TITLE) as demo:
    gr.HTML(f"<h1>{html.escape(TITLE)}</h1>")
    text = gr.Textbox(label="Text", lines=4)
    button = gr.Button("Measure", variant="primary")
    result = gr.JSON(label="Result")
    gr.Examples(read_examples(), inputs=text)

    button.click(measure, inputs=text, outputs=result, api_name="measure")

if __name__ == "__main__":
    demo.launch()
