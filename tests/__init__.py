"""Tests of all five distributions, run in one environment."""
