"""Checks reports against a schema of docs/schema with Python's json and jsonschema.

Usage: schema_check.py SCHEMA DOCUMENT.json [LINES.jsonl]; exit status 77 where jsonschema is missing.
"""

import json
import sys

try:
    import jsonschema
except ImportError:
    print("the Python module jsonschema is not installed")
    sys.exit(77)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def main():
    schema_path, document_path, *lines_paths = sys.argv[1:]
    schema = json.loads(read(schema_path))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(read(document_path)))

    if not lines_paths:
        return 0
    *checks, last = (json.loads(line) for line in read(lines_paths[0]).splitlines())
    part = {"$defs": schema["$defs"]}
    for check in checks:
        jsonschema.Draft202012Validator({**part, "$ref": "#/$defs/check"}).validate(check)
    jsonschema.Draft202012Validator({**part, "$ref": "#/$defs/last_line"}).validate(last)
    print(f"{len(checks)} checks agree with the schema")
    return 0 if checks else 1


if __name__ == "__main__":
    sys.exit(main())
