"""Reads a file whose first line is JSON and whose rest is YAML, and says whether a reader of YAML 1.1 takes both for the same."""
import json
import sys

import yaml

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    expected, text = file.read().split("\n", 1)
found = list(yaml.safe_load_all(text))
if json.dumps(found) != json.dumps(json.loads(expected)):
    sys.exit(f"expected: {expected}\nfound:    {json.dumps(found, ensure_ascii=False)}")
