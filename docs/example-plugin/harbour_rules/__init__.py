"""What does not belong in the notices of harbour offices."""
