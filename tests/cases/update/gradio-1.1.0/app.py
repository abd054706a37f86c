"""A Gradio app that asks a model about a text, and measures the text without one."""

import os
import re
from pathlib import Path

import gradio as gr
from huggingface_hub import InferenceClient, get_token

TITLE = "Gradio"
EXAMPLES = Path(__file__).parent / "assets" / "examples.txt"

# A model on the Hub, or the URL of an endpoint
MODEL = os.environ.get("MODEL", "openai/gpt-oss-20b")
REASONS = {
    400: "it does not take this request, or no provider runs it",
    401: "the token is invalid",
    402: "the credits of the token's account are used up",
    403: "the token may not call Inference Providers",
    404: "there is no such model",
    429: "too many requests, try again later",
    503: "it is not running, try again later",
}


def summarize(text: str, token: str | None = None) -> str:
    """Ask a model for a summary. Without a token no model is called, and the text is only measured."""
    try:
        token = token or get_token()
        if not token:
            counts = ", ".join(f"{count} {name}" for name, count in measure(text).items())
            return f"No model was asked: there is no token in the secret HF_TOKEN. Without a model: {counts}."
        client = InferenceClient(token=token, timeout=30)
        question = f"Sum up this text in one sentence:\n\n{text[:4000]}"
        answer = client.chat_completion([{"role": "user", "content": question}], model=MODEL, max_tokens=500)
        return answer.choices[0].message.content or f"{MODEL} answered with an empty text."
    except Exception as error:  # A visitor needs a sentence, whatever went wrong
        return f"{MODEL} did not answer: {reason(error)}."


def reason(error: Exception) -> str:
    """Say in a few words why a call failed."""
    if isinstance(error, TimeoutError):
        return "it took too long"
    status = getattr(getattr(error, "response", None), "status_code", None)
    first_line = str(error).partition("\n")[0].rstrip(".")
    return REASONS.get(status) or first_line or type(error).__name__


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
    gr.Markdown("# Gradio")
    text = gr.Textbox(label="Text", lines=4)
    with gr.Row():
        summarize_button = gr.Button("Summarize", variant="primary")
        measure_button = gr.Button("Measure")
    summary = gr.Textbox(label="Summary")
    result = gr.JSON(label="Result")
    gr.Examples(read_examples(), inputs=text)

    # For visitors alone, not for programs, which could use up the credits of the token's account
    summarize_button.click(summarize, inputs=text, outputs=summary, api_visibility="private")
    measure_button.click(measure, inputs=text, outputs=result, api_name="measure")

if __name__ == "__main__":
    demo.launch()
