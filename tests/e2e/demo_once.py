"""`hinomi demo --once` plays every step in both languages, twice over one directory, and leaves nothing running."""
import json
import os
import stat

import e2e

STEPS = ["collect", "cases", "report", "duties", "refused", "proposal", "approve", "shield", "armed", "hunt", "sighting", "hidden", "verify"]
KEYS = ["operator", "analyst1", "analyst2", "member_a_soc", "member_a_lead", "member_b_soc", "member_c_soc", "vendor_psirt", "ministry", "nco",
        "partner_isac", "safety_bureau", "sme", "auditor"]


def main():
    with e2e.folder() as folder:
        data = folder / "demo"
        first = e2e.run("demo", "--data", data, "--port", "0", "--once", "--json", "--lang", "en")
        steps = [json.loads(line) for line in first.stdout.splitlines()]
        e2e.expect([step["step"] for step in steps] == STEPS, f"the steps were {[step['step'] for step in steps]}")
        e2e.expect(all(step["ok"] for step in steps), "a step was not ok")
        credentials = data / "demo-credentials.json"
        e2e.expect(stat.S_IMODE(os.stat(credentials).st_mode) == 0o600, "others may read the credentials")
        said = json.loads(credentials.read_text())
        e2e.expect(set(KEYS) <= set(said["accounts"]), "an account is missing")
        e2e.expect(set(said["taxii_probe"]) == {"root", "ro", "wo", "rw", "none"}, "the TAXII probe is incomplete")
        e2e.expect(said["base_url"].startswith("http://localhost:"), "the base URL is another")
        second = e2e.run("demo", "--data", data, "--port", "0", "--once", "--lang", "ja")
        e2e.expect(second.stdout.count("  OK  ") == len(STEPS), f"the second run shows:\n{second.stdout}")
        again = json.loads(credentials.read_text())
        e2e.expect(again["accounts"] == said["accounts"], "the sector is not deterministic")
        elsewhere = folder / "other"
        elsewhere.mkdir()
        (elsewhere / "precious").write_text("kept")
        e2e.run("demo", "--data", elsewhere, "--port", "0", "--once", "--fresh", expect=1)
        e2e.expect((elsewhere / "precious").read_text() == "kept", "--fresh emptied a directory that no demo made")


main()
