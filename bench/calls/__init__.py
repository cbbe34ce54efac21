"""Count the calls of five requests: a regression gate without a clock."""
