"""Serve Django over WSGI.

Use it where a project has Django's own ``get_wsgi_application``. It is Django's
handler as it is: unlike its ASGI brother it does nothing needless. The module
exists so that projects can name both in the same way.
"""

from django.core.wsgi import get_wsgi_application as get_wsgi_application
