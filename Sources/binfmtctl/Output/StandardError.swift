// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// Standard error, where a command reports problems while another program reads its standard output.
enum StandardError {
    /// Writes one line. What it quotes of a file or an entry is escaped.
    static func print(_ line: String) {
        write(line.printable)
    }

    /// Writes lines, escaped, and broken to fit a terminal.
    static func print(_ lines: [String], _ terminal: Terminal) {
        for line in lines { write(terminal.prose(line, hanging: 2)) }
    }

    /// Writes a text as it is, and a newline.
    static func write(_ text: String) {
        // There is no other place where this failure could be reported.
        _ = try? FileDescriptor.standardError.writeAll((Glyphs.current.fit(text) + "\n").utf8)
    }

    /// Writes one line for each issue: `file:line:column: severity: message`.
    static func show(_ issues: [Issue]) {
        for issue in issues {
            // A problem of a whole file may name the file itself.
            let file = issue.location.file.printable
            let place = issue.problem.hasPrefix(file) ? "" : "\(issue.location): "
            print("\(place)\(issue.severity.rawValue): \(issue.message)")
        }
    }
}
