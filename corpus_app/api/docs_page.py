"""The description of the interface as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus_app.api.openapi import describe_interface
from corpus_app.api.problems import KINDS


@dataclass(frozen=True)
class SchemaMember:
    """A parameter, or a member of an answer, in words."""

    name: str
    kind: str
    words: str
    required: bool = False
    default: str = ""


@dataclass(frozen=True)
class EndpointAnswer:
    """An answer by its status."""

    status: str
    words: str


@dataclass(frozen=True)
class Address:
    """An address with what it takes and answers."""

    anchor: str
    method: str
    path: str
    summary: str
    words: str
    parameters: list[SchemaMember]
    members: list[SchemaMember]
    answers: list[EndpointAnswer]


@dataclass(frozen=True)
class Group:
    """Addresses that belong together."""

    name: str
    addresses: list[Address]


@dataclass(frozen=True)
class ProblemKind:
    """A kind of problem."""

    code: str
    status: int
    title: str


@dataclass(frozen=True)
class DocsPage:
    """The whole page."""

    groups: list[Group]
    problems: list[ProblemKind]


def build_docs_page() -> DocsPage:
    """Return all addresses by group, in the order of the description."""
    schema = describe_interface()
    groups: dict[str, list[Address]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            address = _read_address(path, method, operation, schema)
            groups.setdefault(operation["tags"][0], []).append(address)
    return DocsPage(
        groups=[Group(name, addresses) for name, addresses in groups.items()],
        problems=[ProblemKind(code, status, str(title)) for code, (status, title) in KINDS.items()],
    )


def _read_address(
    path: str, method: str, operation: Mapping[str, Any], schema: Mapping[str, Any]
) -> Address:
    answers = operation["responses"]
    status = next(status for status in answers if status.startswith("2"))
    good = answers[status]["content"]["application/json"]["schema"]
    return Address(
        anchor=operation["operationId"].rpartition("_endpoints_")[2],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        words=operation.get("description", ""),
        parameters=[
            *[_read_parameter(one) for one in operation["parameters"]],
            *_read_body(operation.get("requestBody"), schema),
        ],
        members=_read_members(good, schema),
        answers=[
            EndpointAnswer(status, answer["description"]) for status, answer in answers.items()
        ],
    )


def _read_parameter(parameter: Mapping[str, Any]) -> SchemaMember:
    schema = parameter["schema"]
    default = schema.get("default")
    return SchemaMember(
        name=parameter["name"],
        kind=_name_kind(schema),
        words=parameter.get("description", ""),
        required=parameter["required"],
        default="" if default in (None, "", []) else _write_value(default),
    )


def _read_body(body: Mapping[str, Any] | None, schema: Mapping[str, Any]) -> list[SchemaMember]:
    """Return the fields of a form, or of an object, that is sent."""
    if body is None:
        return []
    (content,) = body["content"].values()
    form = content["schema"]
    if "$ref" in form:
        form = schema["components"]["schemas"][form["$ref"].rpartition("/")[2]]
    required = form.get("required", [])
    return [
        _read_parameter({"name": name, "required": name in required, "schema": schema, **schema})
        for name, schema in form["properties"].items()
    ]


def _read_members(reference: Mapping[str, Any], schema: Mapping[str, Any]) -> list[SchemaMember]:
    name = reference["$ref"].rpartition("/")[2]
    members = schema["components"]["schemas"][name]["properties"]
    return [
        SchemaMember(member, _name_kind(details), details.get("description", ""))
        for member, details in members.items()
    ]


def _name_kind(schema: Mapping[str, Any]) -> str:
    """Return a type in words: integer 1–100, string[] , SpeechBrief."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " | ".join(_name_kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        inner = _name_kind(schema.get("items", {}))
        return f"({inner})[]" if " | " in inner else f"{inner}[]"
    kind = str(schema.get("type", "object"))
    low, high = schema.get("minimum"), schema.get("maximum")
    return f"{kind} {low}–{high}" if low is not None and high and high < 2**31 else kind


def _write_value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
