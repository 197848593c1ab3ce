# What programs do with TLS: a server of http.server, urllib, http.client, and asyncio's streams.
import asyncio
import http.client
import http.server
import os
import ssl
import threading
import urllib.error
import urllib.request

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_certs", "")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(f"{self.command} {self.path}".encode())

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers["Content-Length"]))[::-1])

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        pass


server = Server(("localhost", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(folder + "server.pem")
server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
port = server.server_address[1]
client = ssl.create_default_context(cafile=folder + "ca.pem")

with urllib.request.urlopen(f"https://localhost:{port}/a/path", context=client) as response:
    print(response.status, response.read())
with urllib.request.urlopen(f"https://localhost:{port}/", data=b"0123456789" * 3000, context=client) as response:
    print(len(response.read()))
try:
    urllib.request.urlopen(f"https://localhost:{port}/", context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
except urllib.error.URLError as e:
    print(type(e.reason).__name__, e.reason.verify_message)
connection = http.client.HTTPSConnection("localhost", port, context=client)
for i in range(5):
    connection.request("GET", f"/{i}")
    print(connection.getresponse().read())
print(connection.sock.version(), connection.sock.getpeercert()["subjectAltName"])
connection.close()
server.shutdown()
server.server_close()


async def main():
    async def echo(reader, writer):
        while line := await reader.readline():
            writer.write(line.upper())
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(echo, "localhost", 0, ssl=context) as server:
        port = server.sockets[0].getsockname()[1]

        async def ask(n):
            reader, writer = await asyncio.open_connection("localhost", port, ssl=client)
            for i in range(3):
                writer.write(f"line {i} of {n}\n".encode())
                assert await reader.readline() == f"LINE {i} OF {n}\n".encode()
            tls = writer.get_extra_info("ssl_object")
            writer.close()
            await writer.wait_closed()
            return tls.version()

        print(await asyncio.gather(*(ask(n) for n in range(8))))
        try:
            await asyncio.open_connection("localhost", port, ssl=client, server_hostname="example.com")
        except ssl.SSLCertVerificationError as e:
            print(e.verify_message)


asyncio.run(main())
