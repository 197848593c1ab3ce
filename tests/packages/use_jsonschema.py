import jsonschema
schema = {"type": "object", "properties": {"a": {"type": "integer", "minimum": 3}, "b": {"type": "array", "items": {"$ref": "#/definitions/s"}, "uniqueItems": True}, "c": {"format": "date"}}, "required": ["a"], "additionalProperties": False, "definitions": {"s": {"type": "string", "pattern": "^x"}}}
v = jsonschema.Draft7Validator(schema)
for doc in ({"a": 3, "b": ["x1", "x2"]}, {"a": 2}, {"b": ["y", 1, 1]}, {"a": 4, "z": 1}, []):
    for e in sorted(v.iter_errors(doc), key=str):
        print(e.message, list(e.path), list(e.schema_path), e.validator)
    print(v.is_valid(doc))
try:
    jsonschema.validate({"a": 1}, schema)
except jsonschema.ValidationError as e:
    print(e)
