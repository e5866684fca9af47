"""The demo forum: hand-written people, organisations, calls and an edition (README.md)."""
