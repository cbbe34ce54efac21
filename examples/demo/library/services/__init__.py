"""What can be done with the library; controllers only call it."""
