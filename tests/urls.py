"""An empty URL configuration: a test that routes brings its own."""

urlpatterns: list[object] = []
