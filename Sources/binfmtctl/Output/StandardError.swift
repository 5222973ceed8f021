// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// Where a command speaks of itself whose standard output is another program's input.
enum StandardError {
    /// Writes one line.
    static func print(_ line: String) {
        // Nobody is left to tell that this failed.
        _ = try? FileDescriptor.standardError.writeAll((line + "\n").utf8)
    }

    /// A line a complaint: `file:line:column: severity: message`.
    static func show(_ issues: [Issue]) {
        for issue in issues {
            // What is wrong with a whole place names it already.
            let file = issue.location.file.printable
            let place =
                issue.problem.hasPrefix(file) ? "" : "\(file):\(issue.location.line):\(issue.location.column): "
            print("\(place)\(issue.severity.rawValue): \(issue.message)")
        }
    }
}
