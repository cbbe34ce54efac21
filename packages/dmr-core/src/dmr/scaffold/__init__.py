"""Write packages for new plugins: ``python -m dmr new-plugin``.

`names` decides what things are called, `files` which files there are and what
is in them. The templates are plain files in which words between ``@`` signs
are replaced.
"""
