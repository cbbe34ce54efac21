"""Requirements of distributions are compared with what is installed."""

import pytest

from dmr.commands.requirements import unmet_name


@pytest.mark.parametrize(
    ('requirement', 'installed', 'fits'),
    [
        ('dmr-core', '9.9', True),
        ('dmr-core>=0.1', '0.1.0', True),
        ('dmr-core>=0.1,<0.2', '0.1.9', True),
        ('dmr-core>=0.1,<0.2', '0.2.0', False),
        ('dmr-core<1,>=0.3', '0.2.9', False),
        ('dmr-core (>=0.2)', '0.1', False),
        ('DMR_Core[jwt]>=0.2', '0.1', False),
        ('dmr-core==0.1', '0.1.0', True),
        ('dmr-core==0.1', '0.1.1', False),
        ('dmr-core!=0.1', '0.1.0', False),
        ('dmr-core>0.1', '0.1.0', False),
        ('dmr-core<=0.1', '0.1.1', False),
        ('dmr-core~=0.1', '0.9', True),
        ('dmr-core~=0.1.2', '0.1.9', True),
        ('dmr-core~=0.1.2', '0.2.0', False),
        ('dmr-core>=0.2', '0.2.dev1', False),
        ('dmr-core>=0.2', '0.2.post1', True),
        ('dmr-core>=0.10', '0.9', False),
        ('dmr-core>=9; extra == "x"', '0.1', True),
        ('django>=9', '0.1', True),
        ('dmr-core @ file:///somewhere', '0.1', True),
        ('dmr-core>=0.2', 'unknown', True),
        ('dmr-core==0.1.*', '0.1.4', True),
        ('dmr-core===0.2', '0.1', True),
        ('dmr-core>=1!0.1', '0.1', True),
        ('dmr-core<2', '1!0.1', True),
        ('dmr-core>=0.1', '0.1+local.2', True),
        ('dmr-core>=0.2', '0.1+local.2', False),
        ('dmr-core!=0.1.0.*,>=0.2', '0.1', False),
    ],
)
def test_requirement_is_understood(
    requirement: str,
    installed: str,
    *,
    fits: bool,
) -> None:
    """What is not understood counts as met."""
    expected = None if fits else 'dmr-core'

    assert expected == unmet_name(requirement, {'dmr-core': installed})
