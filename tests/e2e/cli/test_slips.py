"""`check --fix` over slips of the finger: what it changes, it changes back, and it never decides."""

import random
import re
import unittest

import drp
import support

DECIDING = {"availability", "priority", "claims", "under", "allow"}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def slip(word, chance):
    """`word` with one slip in it: a letter left out, doubled, swapped with its neighbour, or another one."""
    at = chance.randrange(1, len(word) - 1)
    return chance.choice((word[:at] + word[at + 1:], word[:at] + word[at] + word[at:], word[:at] + word[at + 1] + word[at] + word[at + 2:],
                          word[:at] + chance.choice(LETTERS) + word[at + 1:]))


class Slips(support.CommandLine):
    def fixed(self, text):
        path = self.write(text)
        self.expect(self.run_muster("check", "--fix", "plan.drp", "--isolated", "--as-of", "2026-11-20"), (0, 1))
        return path.read_bytes().decode("utf-8")

    def sound_plans(self):
        for name, text in drp.plans_of_the_tree():
            if name.startswith("docs/") and "allow" not in text and self.fixed(text) == text:
                yield name, drp.tokens(text)

    def test_what_is_changed_is_what_was_meant(self):
        chance = random.Random(1)
        restored = 0
        for name, written in self.sound_plans():
            places = [i for i, (kind, token) in enumerate(written) if kind == "name" and len(token) > 3]
            for place in chance.sample(places, min(2, len(places))):
                word, wrong = written[place][1], slip(written[place][1], chance)
                typed = "".join(token for _, token in written[:place]) + wrong + "".join(token for _, token in written[place + 1:])
                with self.subTest(plan=name, word=word, wrong=wrong):
                    restored += self.assert_no_other_plan(written, place, wrong, self.fixed(typed))
        self.assertGreater(restored, 10)

    def assert_no_other_plan(self, written, place, wrong, after):
        """Every word is as it was, or as it was typed; where a declaration has the slip, other words may follow it."""
        word = written[place][1]
        result = drp.tokens(after)
        self.assertEqual(len(result), len(written))
        for i, ((_, token), (_, before)) in enumerate(zip(result, written)):
            self.assertIn(token, {before, wrong} if before == word else {before})
            if before != word:
                self.assertEqual(token, before)
        if word in DECIDING or drp.words_before(written, place)[-1:] == ["under"]:
            self.assertEqual(result[place][1], wrong)
        return result[place][1] == word

    def test_the_slips_are_slips(self):
        chance = random.Random(1)
        for _ in range(100):
            self.assertTrue(re.fullmatch(r"[a-z]{6,8}", slip("orderly", chance)))


if __name__ == "__main__":
    unittest.main()
