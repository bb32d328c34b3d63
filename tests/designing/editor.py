"""An editor of drafts: a browser that speaks JSON with the CSRF token of a page."""

from __future__ import annotations

from typing import Any

from tests.web.visitor import Visitor

PROCESS = "void_request"
DIAGRAM = f"{PROCESS}.bpmn"


class Editor:
    """One designer at one draft; `revision` is what was seen last."""

    def __init__(self, visitor: Visitor, draft: str) -> None:
        self.visitor = visitor
        self.draft = draft
        self.token = visitor.token("/notifications")
        self.revision = 0
        self.files: dict[str, str] = {}
        self.load()

    def send(self, method: str, tail: str, body: Any = None) -> Any:
        """Send JSON below the draft."""
        headers = {**self.visitor.headers, "X-CSRFToken": self.token}
        return self.visitor.client.open(
            f"/drafts/{self.draft}/{tail}", method=method, json=body, headers=headers
        )

    def load(self) -> dict[str, Any]:
        """Read the files as a page does when it is loaded."""
        answer = self.visitor.client.get(f"/drafts/{self.draft}/files")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.get_json()
        self.revision, self.files = found["revision"], dict(found["files"])
        return found

    def save(self, path: str, content: str) -> Any:
        """Save one file from the revision seen last."""
        body = {"content": content, "revision": self.revision}
        return self._noted(self.send("PUT", f"files/{path}", body))

    def remove(self, path: str) -> Any:
        """Delete one file."""
        return self._noted(self.send("DELETE", f"files/{path}", {"revision": self.revision}))

    def undo(self) -> Any:
        """Take the last saving back."""
        return self._noted(self.send("POST", "undo", {"revision": self.revision}))

    def redo(self) -> Any:
        """Do it again."""
        return self._noted(self.send("POST", "redo", {"revision": self.revision}))

    def _noted(self, answer: Any) -> Any:
        if answer.status_code == 200:
            self.revision = answer.json["revision"]
            self.files.update(answer.json["files"])
        return answer


def begun(visitor: Visitor, process: str = PROCESS, version: int = 1) -> str:
    """Make a draft on the page of a version; return its id."""
    answer = visitor.post(
        f"/definitions/{process}/drafts", {"version": version}, token_of="/notifications"
    )
    assert answer.status_code == 303, answer.text
    return str(answer.location.rpartition("/")[2])
