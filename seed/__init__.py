"""The demo forum: hand-written people, organisations, calls and an edition (README.md)."""

from seed.forum import DemoAccount, DemoForum, load_demo

__all__ = ["DemoAccount", "DemoForum", "load_demo"]
