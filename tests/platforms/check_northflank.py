"""Check the project and the service of a template by Northflank's schemas: `check_northflank.py SCHEMAS PARTS`."""

import json
import sys
from pathlib import Path

from jsonschema import Draft7Validator

schemas, parts = (json.loads(Path(path).read_text()) for path in sys.argv[1:3])
found = []
for name, schema in schemas.items():
    for error in Draft7Validator(schema).iter_errors(parts[name]):
        found.append(f"{name}: {'/'.join(map(str, error.path))}: {error.message}")
sys.exit("\n".join(found) or 0)
