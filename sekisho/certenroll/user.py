"""The person at the PC: presses what the manual says, or what a scenario has decided on."""

from __future__ import annotations

from collections.abc import Callable

from sekisho import results
from sekisho.certenroll.prompts import Prompt
from sekisho.language import say
from sekisho.verdict import ConfigurationProblemError


class User:
    """Answers prompts. Every one is recorded; what is typed into one is not."""

    def __init__(self, record: Callable[[results.Dialog], None], pin: str = "") -> None:
        """Take who records, and the password (PIN) that the user has thought up for keys."""
        self._record, self.pin = record, pin
        self._decided: dict[str, str] = {}
        self.prompts: list[results.Dialog] = []
        self.read: list[Prompt] = []
        """The same as they came."""

    def decide(self, title: str, button: str) -> None:
        """From now on press this button in dialogs of this title, or about this."""
        self._decided[title] = button

    def follow_manual(self, title: str) -> None:
        """From now on press what the manual says again."""
        self._decided.pop(title, None)

    def answer(self, prompt: Prompt) -> str:
        """The button pressed: what was decided, else what the manual says. Raises ConfigurationProblemError."""
        pressed = self._chosen(prompt)
        dialog = results.Dialog(title=prompt.title, text=prompt.text, columns=[], rows=[], pressed=pressed)
        self.prompts.append(dialog)
        self.read.append(prompt)
        self._record(dialog)
        return pressed

    def agrees(self, prompt: Prompt) -> bool:
        """Whether the user presses the button that the manual says."""
        return self.answer(prompt) == prompt.buttons[0]

    def _chosen(self, prompt: Prompt) -> str:
        decided = self._decided.get(prompt.about) or self._decided.get(prompt.title)
        if decided is None or len(prompt.buttons) == 1:
            return prompt.buttons[0]
        for button in prompt.buttons:
            if button.partition("(")[0] == decided.partition("(")[0]:
                return button
        known = say("、", ", ").join(prompt.buttons)
        raise ConfigurationProblemError(
            say(
                f"「{prompt.title}」に「{decided}」はありません（あるもの: {known}）",
                f'"{prompt.title}" has no "{decided}" (it has: {known})',
            )
        )
