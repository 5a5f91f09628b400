#!/usr/bin/env python3
"""From an empty directory to the first member: init on the machine, two people accept through the pages, and the two of
them enter a member organisation. Only what people have: a terminal and a browser without scripts."""
import html
import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request

import e2e

PASSWORD = "four unrelated words here"
FIELD = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
MEMBERS = "会員名,英字名,種別\nみさき送配電,Misaki Transmission,operator\n"


class Browser:
    """A browser that keeps cookies, runs no script and fills in forms."""

    def __init__(self, url: str):
        self.url = url
        self.page = ""
        self.address = ""
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def open(self, path: str, fields: dict | None = None) -> int:
        data = None if fields is None else urllib.parse.urlencode(fields).encode()
        asked = urllib.request.Request(self.url + path, data=data, headers={"Accept-Language": "ja"})
        try:
            answer = self._opener.open(asked, timeout=e2e.PATIENCE)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        self.page = answer.read().decode()
        self.address = answer.geturl().removeprefix(self.url)
        return answer.status

    def send(self, action: str, **typed) -> int:
        """The form of this page with that action: its hidden fields, and what somebody types."""
        form = re.search(r'<form[^>]*action="' + re.escape(action) + r'".*?</form>', self.page, re.S)
        e2e.expect(form is not None, f"there is no form for {action} on {self.address}")
        fields = {}
        for hidden in FIELD.findall(form[0]):
            found = dict(ATTRIBUTE.findall(hidden))
            fields[found["name"]] = html.unescape(found.get("value", ""))
        return self.open(action, fields | typed)


def init(data, *more, expect=0):
    return e2e.run("admin", "init", "--data", data, "--organisation", "ともしび電力ISAC", "--person", "hanako=佐藤 花子",
                   "--person", "taro=鈴木 太郎", "--json", *more, expect=expect)


def come_in(server: e2e.Server, person: dict) -> Browser:
    """Accepts the invitation, signs in, and is who they say."""
    browser = Browser(server.url)
    e2e.expect(browser.open("/invitation") == 200, "the page of the invitation opens")
    e2e.expect(browser.send("/invitation", code=person["code"].lower(), password=PASSWORD) == 200, "the code is taken")
    e2e.expect(browser.address.startswith("/login"), f"and leads to the sign-in, not {browser.address}")
    e2e.expect(browser.send("/login", login=person["login"], password=PASSWORD) == 200, "the password signs in")
    e2e.expect(browser.open("/directory") == 200, "and the directory opens")
    e2e.expect("ともしび電力ISAC" in browser.page and person["name"] in browser.page, "with the secretariat in it")
    return browser


def enter_member(proposer: Browser, second: Browser):
    proposer.open("/directory/import")
    e2e.expect(proposer.send("/directory/import", csv=MEMBERS, note="最初の会員", step="check") == 200, "the list is read")
    e2e.expect("みさき送配電" in proposer.page, "and what it would change is shown")
    e2e.expect(proposer.send("/directory/import", step="propose") == 403, "a session alone proposes nothing")
    e2e.expect(proposer.send("/directory/import", step="propose", step_up_password=PASSWORD) == 200, "then it is proposed")
    change = proposer.address
    e2e.expect(change.startswith("/directory/changes/"), f"as a change of its own, not {change}")
    e2e.expect(f'action="{change}/agree"' not in proposer.page, "nobody agrees to their own proposal")
    second.open(change)
    e2e.expect(second.send(change + "/agree", step_up_password="wrong") == 403, "a wrong password agrees to nothing")
    e2e.expect(second.send(change + "/agree", step_up_password=PASSWORD) == 200, "the second person agrees")
    second.open("/directory")
    e2e.expect("みさき送配電" in second.page, "and the member is there")


def main():
    with e2e.folder() as folder:
        data = folder / "data"
        founding = json.loads(init(data).stdout)
        e2e.expect(len(founding["invitations"]) == 2, "two people are invited")
        e2e.expect("founding.not_empty" in init(data, expect=1).stderr, "and only once")
        with e2e.Server(data) as server:
            first, second = (come_in(server, person) for person in founding["invitations"])
            enter_member(first, second)
        e2e.run("doctor", "--data", data)
    print("an empty directory became an ISAC with its first member")


if __name__ == "__main__":
    main()
