"""Commands of ``manage.py``, for projects with ``'dmr'`` in their apps."""
