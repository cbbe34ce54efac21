"""What a visitor likes, kept in a cookie."""

import pydantic

from library.models import Branch


class Preferences(pydantic.BaseModel):
    """The form, and the answer."""

    branch: Branch


class PreferenceCookies(pydantic.BaseModel):
    """Cookies of a visitor who has sent the form before."""

    library_branch: Branch = Branch.CENTRAL
