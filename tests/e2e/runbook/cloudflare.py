"""The few requests of Cloudflare's API for records of a zone, with one record; `GET /records` shows what is there. Prints its port."""
import json
import http.server

records = [{"id": "r1", "type": "A", "name": "www.example.org", "content": "192.0.2.1", "ttl": 300, "proxied": True}]


class Api(http.server.BaseHTTPRequestHandler):
    def answer(self, code, body):
        data = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def handle_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else {}
        if self.path == "/records":
            return self.answer(200, records)
        if self.headers.get("Authorization") != "Bearer secret-token":
            return self.answer(403, {"success": False})
        if self.command == "PUT":
            records[0].update(body)
        return self.answer(200, {"success": True, "result": records})

    do_GET = do_PUT = do_POST = do_DELETE = handle_any

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Api)
print(server.server_port, flush=True)
server.serve_forever()
