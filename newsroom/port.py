"""Tells before anything else whether the web server's port can be had; needs nothing but Python itself.

`python -m newsroom.port 8000` says nothing when the port is free.
"""

import errno
import socket
import sys


def problem(address: str, port: int) -> str | None:
    """Return why nothing can listen on `address`:`port`, in one sentence, or None when it is free."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return (
                    f"Port {port} is taken by another program. Stop that program, or choose another port: "
                    f"PORT={port + 1 if port < 65535 else 8001} make run"
                )
            return f"Port {port} on {address} cannot be used: {error.strerror}. Choose another: PORT=8001 make run"
    return None


def main(arguments: list[str]) -> None:
    """End with a message when the port named by the first argument is no number or is taken."""
    text = arguments[0] if arguments else "8000"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        sys.exit(f"PORT is {text!r}; expected a whole number from 1 to 65535.")
    found = problem("127.0.0.1", int(text))
    if found:
        sys.exit(found)


if __name__ == "__main__":
    main(sys.argv[1:])
