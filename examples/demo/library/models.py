"""What the library knows: authors, books, copies, members and loans."""

from django.db import models


class Genre(models.TextChoices):
    """What a book is about."""

    FANTASY = 'fantasy', 'Fantasy'
    HISTORY = 'history', 'History'
    MYSTERY = 'mystery', 'Mystery'
    POETRY = 'poetry', 'Poetry'
    ROMANCE = 'romance', 'Romance'
    SCIENCE = 'science', 'Science'
    TRAVEL = 'travel', 'Travel'


class Branch(models.TextChoices):
    """A house of the library."""

    CENTRAL = 'central', 'Central library'
    HARBOUR = 'harbour', 'Harbour branch'
    HILL = 'hill', 'Hill branch'


class Author(models.Model):
    """Somebody who writes books."""

    name = models.CharField(max_length=120)
    born = models.PositiveSmallIntegerField(null=True, blank=True)
    country = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ('name', 'id')

    def __str__(self) -> str:
        return self.name


class Book(models.Model):
    """A work, of which there can be many copies."""

    title = models.CharField(max_length=200)
    isbn = models.CharField(
        max_length=13,
        unique=True,
        null=True,
        blank=True,
        verbose_name='ISBN',
    )
    author = models.ForeignKey(
        Author,
        on_delete=models.PROTECT,
        related_name='books',
    )
    genre = models.CharField(max_length=20, choices=Genre)
    published = models.PositiveSmallIntegerField()
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    #: Counts the changes: two people cannot overwrite each other's work.
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ('title', 'id')
        indexes = [
            models.Index(fields=['genre', 'published'], name='book_genre'),
        ]

    def __str__(self) -> str:
        return self.title


class Cover(models.Model):
    """The picture on a book; small, so that it can stay in the database."""

    book = models.OneToOneField(
        Book,
        on_delete=models.CASCADE,
        related_name='cover',
    )
    content_type = models.CharField(max_length=40)
    alt_text = models.CharField(max_length=200, blank=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return f'Cover of {self.book}'


class Copy(models.Model):
    """One volume on a shelf, known by its barcode."""

    book = models.ForeignKey(
        Book,
        on_delete=models.CASCADE,
        related_name='copies',
    )
    barcode = models.CharField(max_length=12, unique=True)
    branch = models.CharField(max_length=20, choices=Branch)

    class Meta:
        ordering = ('barcode',)
        verbose_name_plural = 'copies'

    def __str__(self) -> str:
        return self.barcode


class Member(models.Model):
    """Somebody who may borrow."""

    name = models.CharField(max_length=120)
    email = models.EmailField(unique=True)
    street = models.CharField(max_length=120)
    postcode = models.CharField(max_length=10)
    town = models.CharField(max_length=80)
    joined = models.DateField()

    class Meta:
        ordering = ('name', 'id')

    def __str__(self) -> str:
        return self.name


class Loan(models.Model):
    """A copy in the hands of a member, until it is returned."""

    copy = models.ForeignKey(
        Copy,
        on_delete=models.PROTECT,
        related_name='loans',
    )
    member = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        related_name='loans',
    )
    lent_on = models.DateField()
    due_on = models.DateField()
    returned_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ('-lent_on', '-id')
        constraints = [
            # The database decides who was first, not a query before.
            models.UniqueConstraint(
                fields=['copy'],
                condition=models.Q(returned_on=None),
                name='one_open_loan_per_copy',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.copy} to {self.member}'
