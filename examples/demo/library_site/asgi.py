"""The ASGI application: the site with its static files."""

import os

from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler

from dmr.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'library_site.settings')

# Files of the docs page and of the admin, straight from the packages. In
# production a web server does this, after `manage.py collectstatic`.
application = ASGIStaticFilesHandler(get_asgi_application())
