"""The version of cleankit, where every room can read it without importing the package."""

VERSION = "0.1.0"
