import altair as alt
import pandas as pd
import streamlit as st

points = pd.DataFrame({"x": range(100), "y": [x * x for x in range(100)]})
st.title("Welcome")
st.altair_chart(alt.Chart(points).mark_point().encode(x="x", y="y"))
