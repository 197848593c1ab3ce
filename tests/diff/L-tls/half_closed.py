# An end that has said it will send no more reads what the other goes on to send; then reading is an error.
import os
import ssl

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), '_certs', '')
accepting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
accepting.load_cert_chain(folder + 'server.pem')
calling = ssl.create_default_context(cafile=folder + 'ca.pem')


def ask(label, call):
    try:
        result = call()
    except ssl.SSLError as e:
        result = type(e).__name__, e.args[0], str(e).split('(_ssl')[0], e.reason, e.library
    print(label, result if not isinstance(result, bytes) else (len(result), result[:4]))
    return result


for version in ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_2:
    accepting.maximum_version = version
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = calling.wrap_bio(to_client, to_server, server_hostname='localhost')
    server = accepting.wrap_bio(to_server, to_client, server_side=True)
    for end in client, server, client, server, client:
        try:
            end.do_handshake()
        except ssl.SSLWantReadError:
            pass
    ask('client writes', lambda: client.write(b'ping'))
    ask('server reads', lambda: server.read(4))
    ask('server unwraps', server.unwrap)
    ask('server writes', lambda: server.write(b'pong'))
    ask('client reads', lambda: client.read(4))
    for _ in range(2):
        ask('client writes', lambda: client.write(b'x' * 100_000))
        n = 0
        while n < 100_000:
            n += len(server.read(16384))
        print('server has read', n)
        ask('server reads', lambda: server.read(4))
    ask('client unwraps', client.unwrap)
    ask('server reads', lambda: server.read(4))
    ask('server unwraps', server.unwrap)
    ask('client unwraps', client.unwrap)
    ask('server reads', lambda: server.read(4))
    ask('client reads', lambda: client.read(4))
