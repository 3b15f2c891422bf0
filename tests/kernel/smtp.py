"""A mail server in a thread, just enough of SMTP to accept messages or to refuse them."""

import contextlib
import email
import email.policy
import socketserver
import threading
from contextlib import contextmanager


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 tests")
        while line := self.rfile.readline():
            verb = line.strip().upper()
            if verb == b"DATA":
                self.say("354 go on")
                self.take_message()
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            elif verb.startswith(b"RCPT") and self.server.refusing:
                self.say("550 no such mailbox")
            else:
                self.say("250 ok")

    def take_message(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.messages.append(email.message_from_bytes(b"".join(lines), policy=email.policy.default))
        if self.server.on_acceptance:
            self.server.on_acceptance()
        self.say("250 accepted")

    def say(self, text):
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    refusing = False
    on_acceptance = None  # called when a message is taken, before the client hears of it

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.messages = []


@contextmanager
def mail_server():
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()
