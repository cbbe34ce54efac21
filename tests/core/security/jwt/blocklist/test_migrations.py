"""Tables of our apps are what their models say."""

import importlib
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command


@pytest.mark.django_db
@pytest.mark.parametrize('label', ['blocklist', 'dmr_token'])
def test_migrations_are_complete(label: str) -> None:
    """No change of a model was forgotten."""
    call_command('makemigrations', label, check=True, dry_run=True)


def test_names_of_migrations_are_those_of_existing_projects() -> None:
    """Projects that come from elsewhere have these rows already."""
    config = apps.get_app_config('blocklist')

    names = sorted(
        entry.stem for entry in Path(config.path, 'migrations').glob('0*.py')
    )

    assert 'Token Blocklist' == config.verbose_name
    assert ['0001_initial', '0002_alter_blocklistedjwtoken_options'] == names


@pytest.mark.parametrize(
    ('app', 'name'),
    [('blocklist', 'BlocklistedJWToken'), ('dmr_token', 'Token')],
)
def test_models_are_in_the_admin_site(app: str, name: str) -> None:
    """Their admin classes pass Django's checks."""
    importlib.import_module(f'{apps.get_app_config(app).name}.admin')
    model = apps.get_model(app, name)

    assert admin.site.is_registered(model)
    assert [] == admin.site.get_model_admin(model).check()
