"""A server with TLS in front of another one: tls.py PORT FOLDER. Puts the certificate of its authority into the folder, prints its own port, and
forwards connections to the other port until it is killed."""

import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path

other, folder = int(sys.argv[1]), Path(sys.argv[2])


def openssl(*words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


new = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
openssl(*new, "-x509", "-days", "2", "-subj", "/CN=Test authority", "-keyout", "authority.key", "-out", "authority.pem")
openssl(*new, "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
(folder / "extensions").write_text("subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n")
openssl(
    "x509", "-req", "-days", "2", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.key",
    "-CAcreateserial", "-extfile", "extensions", "-out", "server.pem",
)  # fmt: skip

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(folder / "server.pem", folder / "server.key")
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)


def forward(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def serve(client: socket.socket) -> None:
    try:
        secured = context.wrap_socket(client, server_side=True)
    except OSError:
        client.close()
        return
    with secured, socket.create_connection(("127.0.0.1", other)) as server:
        there = threading.Thread(target=forward, args=(secured, server), daemon=True)
        there.start()
        forward(server, secured)


while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
