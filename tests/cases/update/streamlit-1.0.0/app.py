"""A Streamlit app that shows an uploaded file."""

import html
from pathlib import Path
from typing import BinaryIO

import pandas as pd
import streamlit as st

TITLE = "Streamlit"
SAMPLE = Path(__file__).parent / "assets" / "sample.csv"
IMAGES = {".gif", ".jpeg", ".jpg", ".png", ".webp"}
TABLES = {".csv", ".tsv"}
TEXTS = {".json", ".md", ".txt"}


def show(name: str, file: BinaryIO) -> None:
    """Show a file according to its kind."""
    kind = Path(name).suffix.lower()
    if kind in IMAGES:
        st.image(file, caption=name)
    elif kind in TABLES:
        st.dataframe(pd.read_csv(file, sep="\t" if kind == ".tsv" else ","))
    else:
        st.code(file.read().decode("utf-8"), language=None)


st.set_page_config(page_title=TITLE, page_icon="📊")
st.html(f"<h1>{html.escape(TITLE)}</h1>")

upload = st.file_uploader("Your file", type=sorted(IMAGES | TABLES | TEXTS))
if upload is None:
    st.caption(f"Nothing uploaded yet. This is {SAMPLE.name}:")
    with SAMPLE.open("rb") as sample:
        show(SAMPLE.name, sample)
else:
    try:
        show(upload.name, upload)
    except (OSError, ValueError) as error:
        st.error(f"This file cannot be shown: {error}")
