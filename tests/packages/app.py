import gradio as gr


def reverse(text):
    return text[::-1]


demo = gr.Interface(reverse, "text", "text")

if __name__ == "__main__":
    demo.launch()
