"""What a SARIF 2.1.0 log may hold of what Muster writes, after the text of the standard; and the official schema.

The schema is the file that MUSTER_SARIF_SCHEMA names, or else the one in Microsoft's validator, an npm package. The Python package
jsonschema is installed into a virtual environment where it is missing.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse

PACKAGE, PACKAGE_VERSION = "@microsoft/sarif-multitool-linux", "5.7.0"
LONGEST_INSTALLATION = 300  # seconds; whatever takes longer has no network
VALIDATION = """
import json, sys, jsonschema
schema = json.load(open(sys.argv[1], encoding="utf-8-sig"))
checker = jsonschema.validators.validator_for(schema)(schema)
json.dump([[f"{error.json_path} {error.message[:300]}" for error in checker.iter_errors(json.loads(log))] for log in json.load(sys.stdin)], sys.stdout)
"""
# Kind of object: its required keys, its other keys.
KEYS = {
    "log": (("version", "runs"), ("$schema",)),
    "run": (("tool", "results"), ("columnKind", "originalUriBaseIds", "properties")),
    "tool": (("driver",), ()),
    "driver": (("name", "version", "rules"), ()),
    "rule": (("id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"), ()),
    "result": (("ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints", "suppressions"),
               ("relatedLocations", "codeFlows", "fixes", "properties")),
    "location": (("physicalLocation",), ("id", "message", "logicalLocations")),
    "physicalLocation": (("artifactLocation",), ("region",)),
    "artifactLocation": (("uri",), ("uriBaseId",)),
    "region": (("startLine", "startColumn", "endLine", "endColumn"), ()),
    "logicalLocation": (("name", "kind"), ()),
    "message": (("text",), ()),
    "help": (("text", "markdown"), ()),
    "configuration": (("level",), ()),
    "codeFlow": (("threadFlows",), ()),
    "threadFlow": (("locations",), ()),
    "threadFlowLocation": (("location",), ()),
    "suppression": (("kind",), ("status", "justification")),
    "fix": (("artifactChanges",), ()),
    "artifactChange": (("artifactLocation", "replacements"), ()),
    "replacement": (("deletedRegion", "insertedContent"), ()),
}
# Kind of object: which kind stands under which of its keys; a list holds that kind.
PARTS = {
    "log": {"runs": ["run"]},
    "run": {"tool": "tool", "results": ["result"]},
    "tool": {"driver": "driver"},
    "driver": {"rules": ["rule"]},
    "rule": {"shortDescription": "message", "fullDescription": "message", "help": "help", "defaultConfiguration": "configuration"},
    "result": {"message": "message", "locations": ["location"], "relatedLocations": ["location"], "codeFlows": ["codeFlow"], "fixes": ["fix"],
               "suppressions": ["suppression"]},
    "location": {"physicalLocation": "physicalLocation", "message": "message", "logicalLocations": ["logicalLocation"]},
    "physicalLocation": {"artifactLocation": "artifactLocation", "region": "region"},
    "codeFlow": {"threadFlows": ["threadFlow"]},
    "threadFlow": {"locations": ["threadFlowLocation"]},
    "threadFlowLocation": {"location": "location"},
    "fix": {"artifactChanges": ["artifactChange"]},
    "artifactChange": {"artifactLocation": "artifactLocation", "replacements": ["replacement"]},
    "replacement": {"deletedRegion": "region", "insertedContent": "message"},
}


def faults_of_region(region, where):
    if not all(isinstance(value, int) and value >= 1 for value in region.values()):
        yield f"{where}: lines and columns count from 1"
    elif (region["endLine"], region["endColumn"]) < (region["startLine"], region["startColumn"]):
        yield f"{where} ends before it begins"


def faults_of_uri(uri, where):
    if any(not ("!" <= c <= "~") or c in '"<>\\^`{|}' for c in uri):
        yield f"{where}: {uri!r} is no URI reference"
    if urllib.parse.urlsplit(uri).scheme not in ("", "file"):
        yield f"{where}: {uri!r} leads out of the file system"


def faults_of_values(thing, kind, where):
    if kind == "region":
        yield from faults_of_region(thing, where)
    if kind == "artifactLocation":
        yield from faults_of_uri(thing["uri"], where)
    if kind in ("message", "help") and not all(isinstance(text, str) and text for text in thing.values()):
        yield f"{where}: a message is a text"
    if kind in ("result", "configuration") and thing["level"] not in ("error", "warning", "note"):
        yield f"{where}: there is no level {thing['level']}"
    if kind == "suppression" and thing["kind"] not in ("inSource", "external"):
        yield f"{where}: waivers stand in the source, baselines outside"
    if kind == "log" and thing["version"] != "2.1.0":
        yield f"{where}: the version is not 2.1.0"


def faults(thing, kind="log", where="log"):
    """What is wrong with `thing`, which is to be a `kind`, one sentence each."""
    required, optional = KEYS[kind]
    if not isinstance(thing, dict):
        yield f"{where} is no object"
        return
    missing, unknown = set(required) - set(thing), set(thing) - set(required) - set(optional)
    if missing or unknown:
        yield f"{where} lacks {sorted(missing)} and has {sorted(unknown)}, which a {kind} has not"
        return
    yield from faults_of_values(thing, kind, where)
    for key, part in PARTS.get(kind, {}).items():
        if key not in thing:
            continue
        if isinstance(part, str):
            yield from faults(thing[key], part, f"{where}.{key}")
        elif not isinstance(thing[key], list):
            yield f"{where}.{key} is no list"
        else:
            for number, item in enumerate(thing[key]):
                yield from faults(item, part[0], f"{where}.{key}[{number}]")


def works(*command):
    """Whether a command that may be missing, or need the network, does what it is for."""
    try:
        return subprocess.run(command, capture_output=True, timeout=LONGEST_INSTALLATION, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def schema(folder):
    """The file of the official schema, installed into `folder` where MUSTER_SARIF_SCHEMA names none; None where that fails."""
    if os.environ.get("MUSTER_SARIF_SCHEMA"):
        return pathlib.Path(os.environ["MUSTER_SARIF_SCHEMA"])
    installed = works("npm", "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", f"{PACKAGE}@{PACKAGE_VERSION}")
    return pathlib.Path(folder) / "node_modules" / PACKAGE / "sarif-2.1.0.json" if installed else None


def validator(folder):
    """A Python that has jsonschema: this one, or one in a virtual environment made in `folder`; None where that fails."""
    if works(sys.executable, "-c", "import jsonschema"):
        return sys.executable
    environment = f"{folder}/venv"
    python = f"{environment}/bin/python"
    installed = works(sys.executable, "-m", "venv", environment) and works(python, "-m", "pip", "install", "-q", "jsonschema")
    return python if installed else None


def validate(logs):
    """What the official schema has against each of `logs`, texts: a list of sentences for each. None where it cannot be had."""
    with tempfile.TemporaryDirectory() as folder:
        file, python = schema(folder), validator(folder)
        if file is None or python is None:
            return None
        run = subprocess.run([python, "-c", VALIDATION, str(file)], input=json.dumps(logs), stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(run.stdout)
