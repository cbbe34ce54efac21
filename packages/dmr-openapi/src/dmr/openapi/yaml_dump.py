"""Write a converted document as YAML.

Import this module only where YAML is asked for: it needs pyyaml, which the
extra ``dmr-openapi[yaml]`` installs.
"""

import json
from typing import Any, Final

from dmr.openapi.dump import json_dump

try:
    import yaml
except ImportError as exc:
    raise ImportError(
        "YAML needs pyyaml. Run `pip install 'dmr-openapi[yaml]'`.",
    ) from exc

#: The C implementation is ten times faster, where pyyaml has it.
_DUMPER: Final[Any] = getattr(yaml, 'CSafeDumper', yaml.SafeDumper)


def yaml_dump(converted: Any, *, indent: int | None = None) -> str:
    """Return *converted* as YAML, keys sorted."""
    # By way of JSON, so that both formats write the same values.
    plain = json.loads(json_dump(converted))
    dumped: str = yaml.dump(
        plain,
        Dumper=_DUMPER,
        allow_unicode=True,
        indent=indent,
        sort_keys=True,
    )
    return dumped
