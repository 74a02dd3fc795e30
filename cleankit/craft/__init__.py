"""Rules as a craft: which there are, what is to be said against one, and how one begins."""
