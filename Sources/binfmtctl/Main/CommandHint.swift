// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// Suggests a command for a word that is none.
struct CommandHint {
    /// What other programs call what a command does.
    private static let synonyms = [
        "register": ["install", "add", "enable", "reset", "persistent"],
        "release": ["uninstall", "remove", "unregister", "delete", "disable"],
        "status": ["list", "ls", "show", "display", "info"], "plan": ["diff", "preview"],
        "reload": ["restart", "refresh", "update"], "check": ["validate", "verify", "lint"], "probe": ["test", "try"],
        "explain": ["why", "which", "find"], "exec": ["run"], "import": ["convert", "load"], "cat": ["config"],
    ]

    /// " (did you mean 'COMMAND'?)", or nothing.
    ///
    /// - Parameter commands: the names of all commands.
    static func text(for word: String, among commands: [String]) -> String {
        let known = synonyms.first { commands.contains($0.key) && $0.value.contains(word) }?.key
        return known.map { " (did you mean '\($0)'?)" } ?? Spelling.hint(for: word, among: commands)
    }
}
