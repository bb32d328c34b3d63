"""Somebody at a browser: signs in, opens what waits, fills forms in by their labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypedDict

from playwright.sync_api import BrowserContext, ConsoleMessage, FilePayload, Locator, Page, expect

from tests.domain.pictures import jpeg
from workflows.demo.accounts import PASSWORD


class Screen(TypedDict):
    """A size of the window."""

    width: int
    height: int


DESKTOP = Screen(width=1366, height=768)
PHONE = Screen(width=390, height=844)
MOST_STOPS = 60
ACCEPTED = 303
"""How our pages answer a form that they took."""

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
REFUSED = re.compile(r"Failed to load resource: .* status of (401|403|404|409|422) ")
"""The browser's own line for a page that a test means to be refused; scripts cannot cause it."""


class Person:
    """One person with a browser window."""

    def __init__(
        self, context: BrowserContext, username: str | None = None, language: str = "zh"
    ) -> None:
        self.complaints: list[str] = []
        self._spoken: str | None = None
        self.page: Page = context.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if username:
            self._begin(username, language)
        else:
            self.page.goto("/sign-in")
        if language == "en" and not username:
            self.page.get_by_role("button", name="English").click()

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        self.page.get_by_label(re.compile("^(用户名|User name)$")).fill(username)
        self.page.get_by_label(re.compile("^(密码|Password)$")).fill(password)
        self.page.get_by_role("button", name=re.compile("^(登录|Sign in)$")).click()

    def speak(self, language: str) -> None:
        """Let the pages that are opened from now on be in a language."""
        if language != self._spoken:
            token = self.page.locator("[name=csrf_token]").first.get_attribute("value")
            self._send("/language", csrf_token=token or "", language=language)
            self._spoken = language

    def waiting(self, title: str, number: str) -> Locator:
        """Return the line of the inbox for a task of a case."""
        self.page.goto("/inbox")
        lines = self.page.get_by_role("listitem").filter(has_text=number)
        return lines.filter(has=self.page.get_by_role("link", name=title, exact=True))

    def write(self, label: str, value: str) -> None:
        """Fill in text, number or date, or choose from a list, by its label."""
        control = self.page.get_by_role("main").get_by_label(label)
        if control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)

    def choose(self, question: str, answer: str) -> None:
        """Choose one answer to a question."""
        asked = self.page.get_by_role("radiogroup", name=question)
        asked.get_by_role("radio", name=answer, exact=True).check()

    def attach(self, label: str, *colours: str) -> None:
        """Attach a photo of each colour and see its name shown."""
        files: Sequence[FilePayload] = [
            {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(colour=colour)}
            for colour in colours
        ]
        self.page.get_by_label(label).set_input_files(files)
        for colour in colours:
            expect(self.page.get_by_text(f"{colour}.jpg")).to_be_visible()

    def submit(self) -> None:
        self.page.get_by_role("button", name="提交", exact=True).click()

    def told(self, words: str) -> None:
        """See a sentence said about what was just done."""
        expect(self.page.get_by_role("status").filter(has_text=words)).to_be_visible()

    def tab_to(self, wanted: Locator) -> None:
        """Press the tabulator until something has the focus, as whoever has no mouse does."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("wanted => wanted === document.activeElement"):
                return
        message = f"Expected the tabulator to reach {wanted}, but it does not"
        raise AssertionError(message)

    def _begin(self, username: str, language: str) -> None:
        """Sign in as the form of that page does, without drawing it, and open the first page."""
        form = self.page.request.get("/sign-in").text()
        token = TOKEN.search(form)
        assert token, form
        if language == "en":
            self._send("/language", csrf_token=token[1], language=language)
            self._spoken = language
        self._send("/sign-in", csrf_token=token[1], username=username, password=PASSWORD)
        self.page.goto("/")
        expect(self.page).not_to_have_url(re.compile("sign-in"))

    def _send(self, path: str, **form: str) -> None:
        answer = self.page.request.post(path, form={**form}, max_redirects=0)
        assert answer.status == ACCEPTED, answer.text()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not REFUSED.match(message.text):
            self.complaints.append(f"{self.page.url}: {message.text}")
