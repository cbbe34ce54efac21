"""Every serializer reads and writes models of every kind in every format."""

from typing import Any

import pytest

from dmr.serializer import BaseSerializer
from tests.contract.subjects import CASES, REQUEST, Format, case_id


def _read(format_: Format, written: bytes) -> Any:
    parser = format_.renderer.validation_parser
    return parser.parse(written, request=REQUEST, model=Any)


@pytest.mark.parametrize(
    ('serializer', 'format_', 'kind', 'model', 'body'),
    CASES,
    ids=case_id,
)
def test_a_body_comes_back_as_it_was_sent(
    serializer: type[BaseSerializer],
    format_: Format,
    kind: str,
    model: Any,
    body: Any,
) -> None:
    """What was read into a model is written as the same data."""
    decode = serializer.compile_decoder(format_.parser, model, strict=None)
    encode = serializer.compile_encoder(format_.renderer, model)

    written = encode(decode(format_.write(body), REQUEST))

    assert body == _read(format_, written)


@pytest.mark.parametrize(
    ('serializer', 'format_', 'kind', 'model', 'body'),
    CASES,
    ids=case_id,
)
def test_the_documented_methods_do_the_same(
    serializer: type[BaseSerializer],
    format_: Format,
    kind: str,
    model: Any,
    body: Any,
) -> None:
    """Without compiled functions the same data comes back."""
    parsed = serializer.deserialize(
        format_.write(body),
        parser=format_.parser,
        request=REQUEST,
        model=model,
    )
    validated = serializer.from_python(parsed, model, strict=None)

    written = serializer.serialize(validated, renderer=format_.renderer)

    assert body == _read(format_, written)


@pytest.mark.parametrize(
    ('serializer', 'format_', 'kind', 'model', 'body'),
    CASES,
    ids=case_id,
)
def test_instances_pass_strict_validation(
    serializer: type[BaseSerializer],
    format_: Format,
    kind: str,
    model: Any,
    body: Any,
) -> None:
    """An endpoint may return what it has got."""
    decode = serializer.compile_decoder(format_.parser, model, strict=None)
    validate = serializer.compile_validator(model, strict=True)
    instance = decode(format_.write(body), REQUEST)

    validated = validate(instance)

    assert instance == validated


@pytest.mark.parametrize(
    ('serializer', 'format_', 'kind', 'model', 'body'),
    CASES,
    ids=case_id,
)
def test_models_become_primitives(
    serializer: type[BaseSerializer],
    format_: Format,
    kind: str,
    model: Any,
    body: Any,
) -> None:
    """`to_python` returns what the body had been."""
    instance = serializer.from_python(body, model, strict=None)

    primitives = serializer.to_python(instance)

    assert body == _read(format_, format_.write(primitives))
