"""Cuts JSON schemas for kubeconform out of the API's own swagger.json, closed: no field but those that are defined."""
import json
import pathlib

SCALARS = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": {"type": ["string", "number"]},
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": {"type": ["string", "integer"]},
}


def closed(schema):
    """`schema` with references into definitions.json, and without room for unknown fields."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items() if not key.startswith("x-kubernetes") and key != "description"}
    if isinstance(made.get("$ref"), str):
        return {"$ref": "definitions.json" + made["$ref"]}
    if isinstance(made.get("properties"), dict) and "additionalProperties" not in made:
        made["additionalProperties"] = False
    return made


def cut(swagger, folder):
    """Writes one file per kind, and one with all definitions. Returns how many kinds there are."""
    folder = pathlib.Path(folder)
    definitions = json.loads(pathlib.Path(swagger).read_text(encoding="utf-8"))["definitions"]
    made = {name: SCALARS.get(name) or closed(schema) for name, schema in definitions.items()}
    (folder / "definitions.json").write_text(json.dumps({"definitions": made}), encoding="utf-8")
    kinds = 0
    for name, definition in definitions.items():
        for kind in definition.get("x-kubernetes-group-version-kind", []):
            group = kind["group"].split(".")[0]
            file = "-".join(part for part in (kind["kind"].lower(), group, kind["version"]) if part) + ".json"
            (folder / file).write_text(json.dumps({"$ref": "definitions.json#/definitions/" + name}), encoding="utf-8")
            kinds += 1
    return kinds
