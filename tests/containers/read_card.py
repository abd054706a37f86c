"""Print, as JSON, what huggingface_hub reads from the front matter of each README.md that is named."""

import json
import sys
from pathlib import Path

from huggingface_hub import SpaceCard

for path in sys.argv[1:]:
    card = SpaceCard(Path(path).read_text(encoding="utf-8"), ignore_metadata_errors=False)
    print(json.dumps(card.data.to_dict()))
