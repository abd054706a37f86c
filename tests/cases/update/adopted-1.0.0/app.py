import gradio as gr

demo = gr.Interface(lambda text: text[::-1], "text", "text")

if __name__ == "__main__":
    demo.launch()
