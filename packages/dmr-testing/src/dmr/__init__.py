# Every source tree of this repository has this very file; only dmr-core ships it.
__path__ = __import__('pkgutil').extend_path(__path__, __name__)

from dmr._exports import *  # noqa: E402,F403
