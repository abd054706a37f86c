"""Run each page with Streamlit's own tester and print the titles as JSON: `run_streamlit.py PAGE..`."""

import json
import sys
from pathlib import Path

from streamlit.testing.v1 import AppTest

titles = []
for page in sys.argv[1:]:
    run = AppTest.from_file(str(Path(page).resolve()), default_timeout=60).run()
    if run.exception:
        sys.exit(f"{page}: {run.exception[0].value}")
    titles += [title.value for title in run.title]
print(json.dumps(titles))
