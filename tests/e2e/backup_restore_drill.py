"""Reports are filed while a backup is taken; restored elsewhere, everything acknowledged before it is there, the ledger
still proves what was published, and a server starts on it. Damage and a directory in use are refused."""
import json
import threading

import e2e


class Filing:
    """Four members' tools that file reports until told to stop; `acknowledged` holds what the server confirmed."""

    def __init__(self, url: str, token: str):
        self.url, self.token, self.stop, self.lock = url, token, threading.Event(), threading.Lock()
        self.acknowledged: dict[str, str] = {}
        self.enough = threading.Event()
        self.failures: list[str] = []
        self.threads = [threading.Thread(target=self._file, args=(number,)) for number in range(4)]
        for thread in self.threads:
            thread.start()

    def _file(self, number: int):
        count = 0
        while not self.stop.is_set():
            count += 1
            title = f"drill {number}-{count}"
            status, answer = e2e.request(f"{self.url}/api/v1/reports", self.token, e2e.report(title), key=title)
            with self.lock:
                if status != 201:
                    self.failures.append(f"{title}: {status} {answer}")
                    self.enough.set()
                    return
                self.acknowledged[answer["id"]] = title
                if len(self.acknowledged) >= 40:
                    self.enough.set()

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join()
        e2e.expect(not self.failures, f"filing failed: {self.failures}")


def check_all_there(url: str, token: str, acknowledged: dict):
    for report, title in acknowledged.items():
        status, answer = e2e.request(f"{url}/api/v1/reports/{report}", token)
        e2e.expect(status == 200 and answer["title"] == title, f"{title} was acknowledged and is not there: {status}")


def main():
    with e2e.folder() as folder:
        data, archive, restored = folder / "data", folder / "hinomi.backup", folder / "restored"
        credentials = e2e.make_sector(data)
        token = credentials["accounts"]["member_a_soc"]["api_token"]
        with e2e.Server(data) as server:
            filing = Filing(server.url, token)
            try:
                e2e.expect(filing.enough.wait(e2e.PATIENCE * 3), "too few reports were filed")
                with filing.lock:
                    before = dict(filing.acknowledged)
                e2e.run("backup", "--data", data, "--to", archive)
                with filing.lock:
                    during = len(filing.acknowledged) - len(before)
            finally:
                filing.end()
            releases = e2e.request(f"{server.url}/api/v1/releases", credentials["accounts"]["member_b_soc"]["api_token"])[1]["items"]
        print(f"{len(before)} acknowledged before the backup, {during} during it")
        e2e.expect(during > 0, "nothing was filed while the backup ran")
        e2e.run("backup", "--data", data, "--to", archive, expect=1)  # never over an earlier one
        e2e.run("restore", "--from", archive, "--verify")
        e2e.run("restore", "--from", archive, "--data", restored)
        e2e.run("restore", "--from", archive, "--data", restored, expect=1)  # not empty any more
        e2e.run("doctor", "--data", restored)
        with e2e.Server(restored) as server:
            check_all_there(server.url, token, before)
            reader = folder / "token"
            reader.write_text(credentials["accounts"]["member_b_soc"]["api_token"])
            proof = e2e.run("verify", "release", releases[0]["id"], "--server", server.url, "--token-file", reader, "--json",
                            "--trust", data / "demo" / "issuer.pub")
            e2e.expect(json.loads(proof.stdout)["ledger"] is True, "the ledger does not prove the release")
            check_all_there(server.url, token, {e2e.request(f"{server.url}/api/v1/reports", token, e2e.report("after"))[1]["id"]: "after"})
        whole = archive.read_bytes()
        for place in (3, 40, 200, len(whole) // 2, len(whole) - 1):
            damaged = folder / "damaged.backup"
            damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1:])
            e2e.run("restore", "--from", damaged, "--verify", expect=1)
        damaged.write_bytes(whole[:-1])
        e2e.run("restore", "--from", damaged, "--verify", expect=1)
        e2e.run("restore", "--from", damaged, "--data", folder / "never", expect=1)
        e2e.expect(not (folder / "never").exists(), "something was restored from a damaged backup")


main()
