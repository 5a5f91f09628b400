"""A black-box TAXII 2.1 probe, kept outside the project, runs against the server; every check of it must pass."""
import json
import pathlib
import subprocess
import sys

import e2e

PROBE = pathlib.Path(__file__).resolve().parents[2].parent / "shared" / "tools" / "taxii-probe" / "taxii_probe.py"
NOT_HERE = 77  # ctest shows it as skipped


def main():
    if not PROBE.exists():
        print(f"{PROBE.name} is not here")
        sys.exit(NOT_HERE)
    with e2e.folder() as folder:
        data = folder / "data"
        e2e.run("demo", "--data", data, "--port", "0", "--seed-only")
        credentials = json.loads((data / "demo-credentials.json").read_text())
        collections = credentials["taxii_probe"]
        token = credentials["accounts"]["partner_isac"]["api_token"]
        with e2e.Server(data) as server:
            settings = folder / "probe.json"
            settings.write_text(json.dumps({"url": server.url, "disc": "/taxii2/", "user": "partner", "pass": token, "bearer": token, **collections}))
            done = subprocess.run([sys.executable, PROBE, settings], capture_output=True, text=True, timeout=300)
    print(done.stdout)
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    e2e.expect(not failed and " passed, 0 failed" in done.stdout, f"failed checks: {failed} {done.stderr}")


main()
