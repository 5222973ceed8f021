// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The end of a command that has no result of its own to print: a wrong command line, an unexpected error, or a help
/// text.
struct CommandFailure {
    let status: ExitCode
    let message: String

    /// A word in the place of a command's name that is none.
    init(unknownCommand word: String, among commands: [String]) {
        let hint = CommandHint.text(for: word, among: commands)
        self.init(
            status: .validationFailure,
            message: "binfmtctl: unknown command '\(word)'\(hint); see binfmtctl --help")
    }

    /// The success of printing a text.
    init(printing text: String) { self.init(status: .success, message: text) }

    init(_ error: any Error) {
        if let failure = error as? StandardOutput.Failure {
            self.init(status: .failure, message: "binfmtctl: \(failure)")
        } else {
            self.init(status: Binfmtctl.exitCode(for: error), message: Binfmtctl.fullMessage(for: error))
        }
    }

    private init(status: ExitCode, message: String) {
        self.status = status
        self.message = message
    }

    /// Prints the message: a help text on standard output, an error on standard error, and with `--json` as a document
    /// on standard output, too.
    func report(asJSON: Bool) throws {
        if message.isEmpty { return }
        if status == .success { return try StandardOutput.write(message.hasSuffix("\n") ? message : message + "\n") }
        for line in message.split(separator: "\n", omittingEmptySubsequences: false) {
            StandardError.print(String(line))
        }
        if asJSON { try StandardOutput.print(FailureDocument(self)) }
    }
}
