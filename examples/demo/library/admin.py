"""The same data for the staff, in Django's admin."""

from typing import TYPE_CHECKING, TypeAlias

from django.contrib import admin

from library.models import Author, Book, Copy, Loan, Member

if TYPE_CHECKING:
    # Django's own classes are generic for type checkers only.
    AuthorAdminBase: TypeAlias = admin.ModelAdmin[Author]
    BookAdminBase: TypeAlias = admin.ModelAdmin[Book]
    CopyInlineBase: TypeAlias = admin.TabularInline[Copy, Book]
    LoanAdminBase: TypeAlias = admin.ModelAdmin[Loan]
    MemberAdminBase: TypeAlias = admin.ModelAdmin[Member]
else:
    AuthorAdminBase = BookAdminBase = admin.ModelAdmin
    LoanAdminBase = MemberAdminBase = admin.ModelAdmin
    CopyInlineBase = admin.TabularInline


@admin.register(Author)
class AuthorAdmin(AuthorAdminBase):
    list_display = ('name', 'born', 'country')
    search_fields = ('name',)


class CopyInline(CopyInlineBase):
    model = Copy
    extra = 0


@admin.register(Book)
class BookAdmin(BookAdminBase):
    list_display = ('title', 'author', 'genre', 'published', 'isbn')
    list_filter = ('genre',)
    list_select_related = ('author',)
    search_fields = ('title', 'author__name', 'isbn')
    autocomplete_fields = ('author',)
    inlines = (CopyInline,)


@admin.register(Member)
class MemberAdmin(MemberAdminBase):
    list_display = ('name', 'email', 'town', 'joined')
    search_fields = ('name', 'email')


@admin.register(Loan)
class LoanAdmin(LoanAdminBase):
    list_display = ('copy', 'member', 'lent_on', 'due_on', 'returned_on')
    list_filter = (('returned_on', admin.EmptyFieldListFilter),)
    list_select_related = ('copy', 'member')
    raw_id_fields = ('copy', 'member')
    date_hierarchy = 'lent_on'
