"""A proxy between the demo's story and its server breaks one step after the other; each time the demo must end with
another code than 0 and name the step. What is broken is what the step relies on, not only its reachability."""
import http.server
import json
import pathlib
import re
import threading
import urllib.error
import urllib.request

import e2e


class Break:
    """From the `skip`-th matching request on, `change(status, body)` gives the answer that the story gets."""

    def __init__(self, step, method, path, change, skip=0, account=None):
        self.step, self.method, self.path, self.change, self.skip, self.account = step, method, re.compile(path), change, skip, account
        self.used = False

    def applies(self, method, path, token, tokens) -> bool:
        if method != self.method or not self.path.search(path):
            return False
        if self.account and tokens[self.account] != token:
            return False
        self.skip -= 1
        self.used = self.used or self.skip < 0
        return self.skip < 0


def down(_status, _body):
    return 500, b'{"code":"internal","title":"broken by the test","status":500}'


def edited(edit):
    def change(status, body):
        document = json.loads(body)
        edit(document)
        return status, json.dumps(document).encode()
    return change


def nothing_listed(document):
    for name in ("items", "duties", "objects", "collections"):
        if name in document:
            document[name] = []


def not_refused(document):
    document.pop("refusal", None)
    document.pop("refusal_code", None)


def not_reached(document):
    document["measure"]["reached"] = False


def already_published(document):
    document["state"] = "published"


def another_text(document):
    document["edition"]["body"] += "。"


def another_leaf(document):
    path = document["path"]
    path[0] = ("0" if path[0][0] != "0" else "1") + path[0][1:]


def readable(_status, _body):
    return 200, b"{}"


def other_words(status, body):
    return status, body.replace(b'"status":404', b'"status":404,"exists":true', 1)


RELEASE = r"/api/v1/releases/[0-9a-f-]{36}$"
BREAKS = [
    Break("collect", "POST", r"^/api/v1/imports", down),
    Break("cases", "GET", r"^/api/v1/cases", edited(nothing_listed)),
    Break("report", "POST", r"^/api/v1/reports$", down),
    Break("duties", "GET", r"/duties$", edited(nothing_listed)),
    Break("refused", "POST", r"/reviews$", edited(not_refused)),
    Break("proposal", "PUT", r"^/api/v1/reviews/", edited(not_reached)),
    Break("approve", "POST", r"/approvals$", edited(already_published), skip=1),
    Break("shield", "GET", r"^/taxii2/api/collections/.*/objects/", edited(nothing_listed)),
    Break("armed", "GET", r"^/api/v1/indicators", edited(nothing_listed), skip=1),
    Break("hunt", "GET", r"^/api/v1/indicators", edited(nothing_listed), skip=4),
    Break("sighting", "POST", r"^/api/v1/sightings", down),
    Break("hidden", "GET", RELEASE, readable, account="vendor_psirt"),
    Break("hidden", "GET", RELEASE, other_words, account="vendor_psirt", skip=1),
    Break("verify", "GET", RELEASE, edited(another_text), account="member_b_soc"),
    Break("verify", "GET", r"^/api/v1/ledger/proof", edited(another_leaf)),
]


class Proxy(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, credentials: pathlib.Path, broken: Break):
        super().__init__(("127.0.0.1", 0), Handler)
        self.credentials, self.broken = credentials, broken
        self.lock = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def forward(self):
        said = json.loads(self.server.credentials.read_text())
        tokens = {key: account["api_token"] for key, account in said["accounts"].items()}
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kept = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection", "accept-encoding", "content-length")}
        asked = urllib.request.Request(said["base_url"] + self.path, data=body or None, headers=kept, method=self.command)
        try:
            with urllib.request.urlopen(asked, timeout=e2e.PATIENCE) as answer:
                status, headers, content = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refusal:
            status, headers, content = refusal.code, refusal.headers, refusal.read()
        with self.server.lock:
            breaks = self.server.broken.applies(self.command, self.path, self.headers.get("Authorization", "")[7:], tokens)
        if breaks:
            status, content = self.server.broken.change(status, content)
        self.send_response(status)
        self.send_header("Content-Type", headers.get("Content-Type", "application/json"))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = forward


def play_through(data: pathlib.Path, broken: Break):
    proxy = Proxy(data / "demo-credentials.json", broken)
    thread = threading.Thread(target=proxy.serve_forever, daemon=True)
    thread.start()
    try:
        done = e2e.run("demo", "--data", data, "--port", "0", "--once", "--json", "--lang", "en",
                       "--through", f"http://127.0.0.1:{proxy.server_address[1]}", expect=1)
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()
    e2e.expect(broken.used, f"{broken.step}: the story never asked for what was to be broken")
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    e2e.expect(steps[-1]["step"] == broken.step and not steps[-1]["ok"], f"{broken.step}: the story broke at {steps[-1]}")
    error = json.loads(done.stderr.splitlines()[-1])
    e2e.expect(error["where"].startswith(broken.step), f"{broken.step}: the error names {error.get('where')}")
    print(f"{broken.step}: {error['detail']}", flush=True)


def main():
    with e2e.folder() as folder:
        data = folder / "demo"
        e2e.make_sector(data)
        for broken in BREAKS:
            play_through(data, broken)


main()
