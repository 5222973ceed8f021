// SPDX-License-Identifier: Apache-2.0

/// A word as it has to be typed in a shell.
enum ShellWord {
    /// Adds single quotes where a shell would not take the word as it is.
    static func quote(_ word: String) -> String {
        let plain = word.utf8.allSatisfy {
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || "-_./,=:+@%".utf8.contains($0)
        }
        if plain, !word.isEmpty { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
