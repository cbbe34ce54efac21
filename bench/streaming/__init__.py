"""What an event of a stream costs."""
