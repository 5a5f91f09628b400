"""The server is killed while reports come in. After a restart everything it acknowledged is there, and a client that
repeats what got no answer, with the same key, files it exactly once."""
import collections
import random
import threading

import e2e

ROUNDS = 3
CLIENTS = 6


class Clients:
    def __init__(self, url: str, token: str, name: str):
        self.url, self.token, self.name = url, token, name
        self.lock = threading.Lock()
        self.acknowledged: dict[str, str] = {}
        self.unanswered: list[str] = []
        self.refused: list[str] = []
        self.counted = threading.Condition(self.lock)
        self.threads = [threading.Thread(target=self._file, args=(number,)) for number in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def _file(self, number: int):
        for count in range(100_000):
            title = f"{self.name} {number}-{count}"
            try:
                status, answer = e2e.request(f"{self.url}/api/v1/reports", self.token, e2e.report(title), key=title)
            except (OSError, ValueError):  # no answer, or half of one: the server is dead
                with self.lock:
                    self.unanswered.append(title)
                return
            with self.counted:
                if status != 201:
                    self.refused.append(f"{title}: {status} {answer}")
                    self.counted.notify_all()
                    return
                self.acknowledged[answer["id"]] = title
                self.counted.notify_all()

    def wait_for(self, count: int):
        with self.counted:
            reached = self.counted.wait_for(lambda: len(self.acknowledged) >= count or self.refused, timeout=e2e.PATIENCE * 2)
        e2e.expect(reached and not self.refused, f"the reports did not come in: {self.refused}")

    def join(self):
        for thread in self.threads:
            thread.join()


def every_title(url: str, token: str) -> collections.Counter:
    titles, before = collections.Counter(), ""
    while True:
        status, page = e2e.request(f"{url}/api/v1/reports?limit=200{before}", token)
        e2e.expect(status == 200, f"the list answers {status}")
        titles.update(row["title"] for row in page["items"])
        if "next" not in page:
            return titles
        before = "&before=" + page["next"]


def main():
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}", flush=True)
    chance = random.Random(seed)
    with e2e.folder() as folder:
        data = folder / "data"
        token = e2e.make_sector(data)["accounts"]["member_a_soc"]["api_token"]
        acknowledged, asked = {}, []
        for number in range(ROUNDS):
            server = e2e.Server(data)
            try:
                clients = Clients(server.url, token, f"round {number}")
                clients.wait_for(chance.randrange(5, 60))
            finally:
                server.kill()
            clients.join()
            acknowledged |= clients.acknowledged
            asked += clients.unanswered
            with e2e.Server(data) as restarted:
                for report, title in acknowledged.items():
                    status, answer = e2e.request(f"{restarted.url}/api/v1/reports/{report}", token)
                    e2e.expect(status == 200 and answer["title"] == title, f"{title} was acknowledged and is gone: {status}")
                for title in clients.unanswered:
                    status, answer = e2e.request(f"{restarted.url}/api/v1/reports", token, e2e.report(title), key=title)
                    e2e.expect(status == 201, f"the repeat of {title} answers {status}: {answer}")
                titles = every_title(restarted.url, token)
                for title in [*acknowledged.values(), *asked]:
                    e2e.expect(titles[title] == 1, f"{title} is there {titles[title]} times")
            print(f"round {number}: {len(clients.acknowledged)} acknowledged, {len(clients.unanswered)} unanswered", flush=True)
        e2e.run("doctor", "--data", data)


main()
