"""What the end-to-end tests share: the program, its demo sector, a server on a free port, and requests to it."""
import contextlib
import datetime
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid

PATIENCE = 60  # seconds; generous, because the machine may be busy
DETECTED = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def program() -> str:
    if len(sys.argv) != 2:
        sys.exit("usage: TEST.py PROGRAM")
    return sys.argv[1]


@contextlib.contextmanager
def folder():
    path = pathlib.Path(tempfile.mkdtemp(prefix="hinomi-e2e-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def run(*words, expect=0, **options):
    """Runs the program to its end; its exit code must be the expected one."""
    done = subprocess.run([program(), *map(str, words)], capture_output=True, text=True, timeout=300, **options)
    if done.returncode != expect:
        raise AssertionError(f"{' '.join(map(str, words))} ended with {done.returncode}, not {expect}:\n{done.stdout}\n{done.stderr}")
    return done


def make_sector(data: pathlib.Path) -> dict:
    """A seeded demo sector in which the story has been played once; what its credentials file says."""
    run("demo", "--data", data, "--port", "0", "--once", "--json", "--lang", "en")
    return json.loads((data / "demo-credentials.json").read_text())


class Server:
    """`hinomi serve` over a data directory, until the block ends or kill() is called."""

    def __init__(self, data: pathlib.Path):
        self.ready = data.parent / f"port-{uuid.uuid4().hex}"
        self.log = open(data.parent / "server.log", "ab")
        self.process = subprocess.Popen(
            [program(), "serve", "--data", str(data), "--listen", "127.0.0.1:0", "--ready-file", str(self.ready)],
            stdout=self.log, stderr=self.log)
        try:
            self.url = f"http://127.0.0.1:{self._port()}"
        except BaseException:
            self.kill()
            raise

    def _port(self) -> str:
        last = time.monotonic() + PATIENCE
        while time.monotonic() < last:
            if self.process.poll() is not None:
                raise AssertionError("the server ended at its start; see server.log")
            if self.ready.exists():
                return self.ready.read_text()
            time.sleep(0.02)
        raise AssertionError("the server was not ready in time")

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=PATIENCE)
        self.log.close()
        if code != 0:
            raise AssertionError(f"the server ended with {code} after SIGTERM")


def request(url: str, token: str, body: dict | None = None, key: str | None = None):
    """Status and JSON of one request; a POST when there is a body. Raises OSError when no answer came."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    if key is not None:
        headers["Idempotency-Key"] = key
    asked = urllib.request.Request(url, headers=headers, data=None if body is None else json.dumps(body).encode())
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.loads(refusal.read() or b"{}")


def report(title: str) -> dict:
    """The same title gives the same bytes, so that a repeat of a lost request is a repeat."""
    return {"kind": "incident", "title": title, "summary": f"{title}: 試験の報告", "facts": {"t.detected": DETECTED}}


def expect(holds: bool, sentence: str):
    if not holds:
        raise AssertionError(sentence)
