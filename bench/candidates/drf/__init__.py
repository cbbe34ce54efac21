"""Django REST framework, views with serializers."""
