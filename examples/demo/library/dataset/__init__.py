"""The books, people and loans that the library starts with."""
