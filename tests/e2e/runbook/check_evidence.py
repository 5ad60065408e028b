"""Checks files of evidence: every line is JSON and carries the SHA-256 of the line before. Prints the events."""
import hashlib
import json
import sys

for path in sys.argv[1:]:
    head = "0" * 64
    for line in open(path, "rb").read().decode("utf-8").split("\n")[:-1]:
        entry = json.loads(line)
        if entry["previous"] != head:
            sys.exit(f"the chain of {path} is broken at: {line}")
        head = hashlib.sha256(line.encode()).hexdigest()
        print(entry["event"], entry.get("step", "-"), entry.get("exit", "-"), entry.get("attempt", "-"))
    print("head", head)
