"""A room that exists only for the processes that the tests kill."""
