"""Names of operations and components."""

import pytest

from dmr.openapi.naming import component_name, operation_id


@pytest.mark.parametrize(
    ('readable', 'expected'),
    [
        ('User', 'User'),
        ('Page[User]', 'Page_User_'),
        ('a.B-c_1', 'a.B-c_1'),
        ('Größe', 'Gr__e'),
        ('a/b#c', 'a_b_c'),
    ],
)
def test_component_names_are_those_that_openapi_allows(
    readable: str,
    expected: str,
) -> None:
    """Everything else becomes an underscore."""
    assert expected == component_name(readable)


@pytest.mark.parametrize(
    ('method', 'controller_name', 'path', 'expected'),
    [
        ('get', 'PC', '/api/p/{pk}/', 'getPcApiPPk'),
        ('options', 'MM', '/a-b.c/{x_id}', 'optionsMmABCXId'),
        (
            'POST',
            'UserController',
            '/api/usercontroller/',
            'postUsercontrollerApiUsercontroller',
        ),
        ('get', 'Outer.Inner', '/', 'getOuterInner'),
    ],
)
def test_operation_ids_are_made_of_what_identifies_them(
    method: str,
    controller_name: str,
    path: str,
    expected: str,
) -> None:
    """Method, controller and path, nothing that could change by itself."""
    assert expected == operation_id(method, controller_name, path)
