// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

@Suite struct SpellingTests {
    private static let words = ["interpreter", "extension", "magic", "mask", "enabled"]

    @Test(arguments: [
        ("interpretor", "interpreter"), ("magci", "magic"), ("mgic", "magic"), ("maskk", "mask"),
        ("intrpretr", "interpreter"),
        // The beginning of a word is enough, even a short one.
        ("ext", "extension"), ("enab", "enabled"),
    ])
    func findsTheWordThatWasMeant(_ text: String, _ word: String) {
        #expect(Spelling.nearest(to: text, among: Self.words) == word)
    }

    /// More than a third of the letters are wrong, or the word is too short.
    @Test(arguments: ["", "en", "preset", "mosque", "xterior", "inter-process"])
    func findsNoneWhereNoneIsNear(_ text: String) {
        #expect(Spelling.nearest(to: text, among: Self.words) == nil)
    }

    @Test func takesTheNearestOfSeveral() {
        #expect(Spelling.nearest(to: "armv7", among: ["arm", "armv5l", "armv7l"]) == "armv7l")
        #expect(Spelling.nearest(to: "mips6", among: ["mips64el", "mips64", "mips"]) == "mips")
    }

    @Test func aHintIsAQuestion() {
        #expect(Spelling.hint(for: "maks", among: Self.words) == " (did you mean 'mask'?)")
        #expect(Spelling.hint(for: "preset", among: Self.words) == "")
        let targets = ["arm", "riscv64", "riscv32", "mips64", "mipsel", "mipsn3", "mipsn6"]
        #expect(Spelling.hint(for: "riscv", among: targets) == " (did you mean 'riscv32' or 'riscv64'?)")
        #expect(Spelling.hint(for: "mip", among: targets) == " (did you mean 'mips64'?)")
    }
}
