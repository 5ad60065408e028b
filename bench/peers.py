"""The same estate in the languages of other tools: the same services, steps, data, backups and dependencies, so that each has as many
objects and references to read and to check. What the tools then check differs; none of the others computes a recovery time."""

import json


def opentofu(estate):
    """Resources of the built-in provider, so that nothing has to be downloaded."""
    yield 'terraform {\n  required_version = ">= 1.6"\n}\n'
    for external in estate.externals:
        yield resource(external, {})
    for service in estate.services:
        yield resource(service.name, {"tier": service.tier, "site": service.site, "zone": service.zone}, service.needs + service.wants)
        for step in service.steps:
            yield resource(f"{service.name}_{step.name}", {"by": step.by, "restores": step.restores, "minutes": list(step.minutes)}, [service.name])
    for data in estate.data:
        yield resource(data.name, {"gigabytes": data.gigabytes}, [data.holder])
    for backup in estate.backups:
        yield resource(f"{backup.data}_{backup.name}", {"hour": backup.hour, "minutes": backup.minutes, "store": backup.store}, [backup.data])


def resource(name, values, needs=()):
    lines = "".join(f"    {key} = {json.dumps(value)}\n" for key, value in values.items())
    depends = f"  depends_on = [{', '.join(f'terraform_data.{need}' for need in needs)}]\n" if needs else ""
    return f'resource "terraform_data" "{name}" {{\n  input = {{\n{lines}  }}\n{depends}}}\n'


def cue(estate):
    """Fields under closed definitions; dependencies are references to the field that they name."""
    yield 'package estate\n#Step: {by: string, restores: string, minutes: [...int & >0]}\n'
    yield '#Service: {tier: "gold" | "silver" | "bronze", site: =~"^s[1-4]$", zone: string, needs: [...string], steps: [string]: #Step, name: string}\n'
    yield "#Data: {name: string, gigabytes: int & >0, holder: string}\n#Backup: {of: string, hour: int & >=0 & <24, minutes: int & >0, store: string}\n"
    yield "externals: [Name=string]: {name: Name}\nservices: [Name=string]: #Service & {name: Name}\ndata: [Name=string]: #Data & {name: Name}\nbackups: [string]: #Backup\n"
    for external in estate.externals:
        yield f"externals: {external}: {{}}\n"
    for service in estate.services:
        needs = ", ".join(f"{field_of(need)}.{need}.name" for need in service.needs + service.wants)
        steps = ", ".join(f"{step.name}: {{by: {json.dumps(step.by)}, restores: {json.dumps(step.restores)}, minutes: {json.dumps(step.minutes)}}}" for step in service.steps)
        yield f'services: {service.name}: {{tier: "{service.tier}", site: "{service.site}", zone: "{service.zone}", needs: [{needs}], steps: {{{steps}}}}}\n'
    for data in estate.data:
        yield f"data: {data.name}: {{gigabytes: {data.gigabytes}, holder: services.{data.holder}.name}}\n"
    for backup in estate.backups:
        yield f'backups: {backup.data}_{backup.name}: {{of: data.{backup.data}.name, hour: {backup.hour}, minutes: {backup.minutes}, store: "{backup.store}"}}\n'


def field_of(name):
    return "externals" if name.startswith("ext") else "services"


def jsonnet(estate):
    """One object; dependencies are references to the field that they name, and all of it is manifested."""
    yield "{\n  externals: {\n"
    for external in estate.externals:
        yield f'    {external}: {{ name: "{external}" }},\n'
    yield "  },\n  services: {\n"
    for service in estate.services:
        needs = ", ".join(f"$.{field_of(need)}.{need}.name" for need in service.needs + service.wants)
        steps = ", ".join(f"{step.name}: {{ by: {json.dumps(step.by)}, restores: {json.dumps(step.restores)}, minutes: {json.dumps(step.minutes)} }}" for step in service.steps)
        yield f'    {service.name}: {{ name: "{service.name}", tier: "{service.tier}", site: "{service.site}", zone: "{service.zone}", needs: [{needs}], steps: {{ {steps} }} }},\n'
    yield "  },\n  data: {\n"
    for data in estate.data:
        yield f'    {data.name}: {{ name: "{data.name}", gigabytes: {data.gigabytes}, holder: $.services.{data.holder}.name }},\n'
    yield "  },\n  backups: {\n"
    for backup in estate.backups:
        yield f'    {backup.data}_{backup.name}: {{ data: $.data.{backup.data}.name, hour: {backup.hour}, minutes: {backup.minutes}, store: "{backup.store}" }},\n'
    yield "  },\n}\n"
