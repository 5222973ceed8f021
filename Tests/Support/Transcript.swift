// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage

/// A session at a terminal as a fixture: the initial files, each command, and its output.
///
/// `== file PATH`, `== bytes PATH` (in hexadecimal digits), `== program PATH` (static, succeeds) and `== link PATH`
/// make files below the test's own directory, which the text calls `ROOT`; `== kernel` has register strings, one a
/// line; `== session` has the commands, after `$ `, and their output, errors last, with `[exit N]` for any status but
/// 0. `>PATH` after a command keeps its output in a file. A command after `% ` runs on a terminal of 80 columns. Times
/// are `TIME`, namespaces have no number, and what the processor runs itself is `PLATFORMS`.
package struct Transcript {
    package let name: String
    private var files: [(kind: Substring, path: String, text: String)] = []
    package private(set) var registerStrings: [String] = []
    package private(set) var session = ""
    private let head: String

    package init(_ name: String) throws {
        self.name = name
        let text = try Fixtures.text("transcripts/\(name)")
        let start = text.range(of: "== session\n")
        head = String(text[..<(start?.upperBound ?? text.endIndex)])
        for section in ("\n" + text).components(separatedBy: "\n== ").dropFirst() {
            let lines = section.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            let words = lines[0].split(separator: " ")
            let body = lines.count > 1 ? lines[1] + "\n" : ""
            switch words[0] {
            case "kernel": registerStrings = body.split(separator: "\n").map(String.init)
            case "session": session = String(body.dropLast())
            default: files.append((words[0], String(words[1]), String(body)))
            }
        }
    }

    package static func names() throws -> [String] { try Fixtures.names(in: "transcripts") }

    /// Makes the files.
    package func prepare(_ root: TemporaryDirectory) throws {
        for (kind, path, text) in files {
            switch kind {
            case "bytes":
                _ = try root.writeProgram(
                    text.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) }, to: path)
            case "link":
                let url = URL(filePath: root.path.appending(path).string)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try FileManager.default.createSymbolicLink(
                    atPath: url.path(), withDestinationPath: text.trimmingCharacters(in: .whitespacesAndNewlines))
            case "program":
                let image = try Data(contentsOf: URL(filePath: Fixtures.program("succeed")))
                _ = try root.writeProgram(Array(image), to: path)
            default: try root.write(text.replacing("ROOT", with: root.path.string), to: path)
            }
        }
    }

    /// Runs the commands of the session.
    ///
    /// - Returns: the actual session.
    package func run(in root: TemporaryDirectory) throws -> String {
        var text = ""
        for line in session.split(separator: "\n") where line.hasPrefix("$ ") || line.hasPrefix("% ") {
            text += line + "\n" + (try run(line.dropFirst(2), root, isOnTerminal: line.hasPrefix("% ")))
        }
        return text
    }

    private func run(
        _ line: Substring, _ root: TemporaryDirectory, isOnTerminal: Bool
    ) throws -> String {
        var words = line.split(separator: " ").map { String($0).replacing("ROOT", with: root.path.string) }
        let target = words.last.flatMap { $0.hasPrefix(">") ? $0.dropFirst() : nil }
        if target != nil { words.removeLast() }
        let program = words[0] == "binfmtctl" ? try Fixtures.program(words[0]) : words[0]
        // Words after `--` belong to another program.
        let place = words[0] != "binfmtctl" ? words.endIndex : words.firstIndex(of: "--") ?? words.endIndex
        if words[0] == "binfmtctl" { words.insert(contentsOf: ["--root", root.path.string], at: place) }
        let arguments = Array(words.dropFirst())
        let run =
            try isOnTerminal
            ? Program.runOnTerminal(program, arguments, columns: 80, environment: ["NO_COLOR": "1"])
            : Program.run(program, arguments)
        var output = run.output
        if let target {
            try root.write(output, to: String(target))
            output = ""
        }
        let status = run.status == 0 ? "" : "[exit \(run.status)]\n"
        return Self.comparable(output + run.errors).replacing(root.path.string, with: "ROOT") + status
    }

    /// Removes what differs each time.
    private static func comparable(_ text: String) -> String {
        text.replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} [A-Z]+/, with: "TIME")
            .replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z/, with: "TIME")
            .replacing(/user:\[[0-9]+\]/, with: "user:[N]")
            .replacing(/"native" : \[[^\]]*\]/, with: "\"native\" : [PLATFORMS]")
            .replacing(/The processor itself runs [^.]*\./, with: "The processor itself runs PLATFORMS.")
    }

    /// Compares the actual session with the fixture.
    package func expectSession(_ session: String) throws {
        try expectEqual(head + session, fixture: "Tests/Fixtures/transcripts/\(name)")
    }
}
