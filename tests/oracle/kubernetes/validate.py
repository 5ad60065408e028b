#!/usr/bin/env python3
"""Validates generated objects of Kubernetes against the definitions of its own API.

    validate.py FILE_OR_FOLDER...

The definitions are the swagger.json of a release of Kubernetes, named by $MUSTER_KUBERNETES_SWAGGER. Unlike the API server of
old, this takes no field that the definitions do not have, no wrong type and no missing required field. Kinds of other
projects, which have no definition there, are counted and passed over.
"""
import json
import os
import pathlib
import re
import sys

import yaml

OTHERS = {("kustomize.config.k8s.io/v1beta1", "Kustomization"), ("monitoring.coreos.com/v1", "PrometheusRule")}
QUANTITY = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\d+)?")
LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
LABEL_VALUE = re.compile(r"(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?")
LABEL_KEY = re.compile(r"([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?")
LONGEST = {"CronJob": 52}


class Validator:
    def __init__(self, swagger):
        self.definitions = swagger["definitions"]
        self.kinds = {}
        for name, definition in self.definitions.items():
            for kind in definition.get("x-kubernetes-group-version-kind", []):
                api = kind["version"] if not kind["group"] else f"{kind['group']}/{kind['version']}"
                self.kinds[(api, kind["kind"])] = name

    def object(self, value):
        """The faults of one document, as lines; None where its kind is another project's."""
        if not isinstance(value, dict):
            return ["is no object"]
        kind = (value.get("apiVersion"), value.get("kind"))
        if kind in OTHERS:
            return None
        if kind not in self.kinds:
            return [f"is of no known kind: {kind}"]
        faults = list(self.check(value, {"$ref": "#/definitions/" + self.kinds[kind]}, kind[1]))
        return faults + list(self.names(value, kind[1]))

    def names(self, value, kind):
        about = value.get("metadata", {})
        for field in ("name", "namespace"):
            name = about.get(field)
            if name is not None and (not LABEL.fullmatch(str(name)) or len(name) > LONGEST.get(kind, 63)):
                yield f"{kind}.metadata.{field}: {name!r} is no name"
        for key, label in about.get("labels", {}).items():
            if not LABEL_KEY.fullmatch(key) or not LABEL_VALUE.fullmatch(str(label)) or len(label) > 63:
                yield f"{kind}.metadata.labels: {key}: {label!r} is no label"
        for key in about.get("annotations", {}):
            if not LABEL_KEY.fullmatch(key):
                yield f"{kind}.metadata.annotations: {key!r} is no key"

    def check(self, value, schema, path):
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            if name.endswith("resource.Quantity"):
                if isinstance(value, bool) or not isinstance(value, (str, int, float)) or not QUANTITY.fullmatch(str(value)):
                    yield f"{path}: {value!r} is no quantity"
                return
            if name.endswith("util.intstr.IntOrString"):
                if isinstance(value, bool) or not isinstance(value, (str, int)):
                    yield f"{path}: {value!r} is neither a number nor a text"
                return
            yield from self.check(value, self.definitions[name], path)
            return
        kind = schema.get("type")
        if kind == "object" or "properties" in schema:
            yield from self.check_map(value, schema, path)
        elif kind == "array":
            if not isinstance(value, list):
                yield f"{path}: is no list"
                return
            for i, item in enumerate(value):
                yield from self.check(item, schema["items"], f"{path}[{i}]")
        elif not self.scalar(value, kind):
            yield f"{path}: {value!r} is not of type {kind}"

    def check_map(self, value, schema, path):
        if not isinstance(value, dict):
            yield f"{path}: is no map"
            return
        known = schema.get("properties", {})
        others = schema.get("additionalProperties")
        for name in schema.get("required", []):
            if name not in value:
                yield f"{path}: {name} is missing"
        for name, item in value.items():
            if not isinstance(name, str):
                yield f"{path}: the key {name!r} is no text"
            elif name in known:
                yield from self.check(item, known[name], f"{path}.{name}")
            elif others:
                yield from self.check(item, others, f"{path}.{name}")
            elif known:
                yield f"{path}: there is no field {name}"

    @staticmethod
    def scalar(value, kind):
        if kind == "boolean":
            return isinstance(value, bool)
        if kind == "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        if kind == "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        return kind is None or isinstance(value, str)


def files(arguments):
    for argument in map(pathlib.Path, arguments):
        yield from sorted(argument.rglob("*.yaml")) if argument.is_dir() else [argument]


def main(arguments):
    swagger = os.environ.get("MUSTER_KUBERNETES_SWAGGER")
    if not swagger:
        print("MUSTER_KUBERNETES_SWAGGER names no swagger.json of Kubernetes: nothing was validated")
        return 0
    with open(swagger, encoding="utf-8") as file:
        validator = Validator(json.load(file))
    good, bad, others = 0, 0, 0
    for path in files(arguments):
        with open(path, encoding="utf-8") as file:
            for document in yaml.safe_load_all(file):
                faults = validator.object(document)
                others += faults is None
                good += faults == []
                bad += bool(faults)
                for fault in faults or []:
                    print(f"{path}: {fault}")
    print(f"{good} passed, {bad} failed; {others} of kinds that Kubernetes does not define")
    return 1 if bad or good == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
