"""What the doctor looks at beyond Django's system checks.

A system check runs whenever a server starts, so it must be quick and certain.
What is here may import modules, and may depend on how a project is served.
Each function yields messages with a hint, the way out. Ids are stable:

=========  ==============================================================
dmr.D001   ``dmr`` is not in ``INSTALLED_APPS``
dmr.D002   a distribution needs another version of one that is installed
dmr.D003   a distribution is half removed
dmr.D004   ``disabled_plugins`` names a plugin that nobody offers
dmr.D005   the URLs of the project cannot be imported
dmr.D006   the global error handler cannot be imported
dmr.D007   a system check has failed itself
dmr.D011   ``DEBUG`` shows clients the texts of internal errors
dmr.D012   request bodies have no limit
dmr.D013   ASGI is served by a WSGI handler, or the other way round
dmr.D014   asynchronous endpoints are served by Django's ASGI handler
dmr.D015   there are streams and no ASGI application
dmr.D016   a middleware holds streams back
dmr.D017   a middleware sends asynchronous endpoints through threads
dmr.D021   throttles count in a cache that cannot count for all processes
dmr.D022   a secret of JSON web tokens is too short
dmr.D023   the secret of JSON web tokens is one of Django's examples
dmr.D024   session auth lacks a middleware
=========  ==============================================================
"""
