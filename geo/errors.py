"""The one error tree: every leaf is also a standard error, and every message locates the fault and says the remedy."""


class AllonymError(Exception):
    """Anything that Allonym raises on purpose; its text is one line for people."""


class DataError(AllonymError, ValueError):
    """A gazetteer table or rule file is wrong; the message begins with ``file:line``."""


class ReportError(AllonymError, ValueError):
    """A source cannot be read as a report; the message names file, place and remedy."""


class SpecError(AllonymError, ValueError):
    """A map spec is wrong."""


class OutputError(AllonymError, OSError):
    """An output cannot be written; nothing partial is left behind."""


class UsageError(AllonymError, ValueError):
    """The options do not fit together; the command exits with 2."""


class OnlineError(AllonymError, ConnectionError):
    """A service that was asked for over the network does not answer."""
