// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The examples of a documentation catalog, which a test file has to contain, so that they are compiled and run.
package enum Documentation {
    /// The examples that the test file lacks, and so does not compile.
    ///
    /// - Parameters:
    ///   - page: the path of the page, from the top of the source tree on.
    ///   - file: the test file.
    /// - Throws: if the page has no examples, so that no test passes because of that.
    package static func missingExamples(of page: String, in file: String) throws -> [String] {
        let text = try String(contentsOf: Fixtures.repository.appending(path: page), encoding: .utf8)
        let examples = text.components(separatedBy: "```swift\n").dropFirst().map { example in
            lines(example.components(separatedBy: "\n```\n")[0])
        }
        if examples.isEmpty { throw NoExamples(page: page) }
        let compiled = lines(try String(contentsOfFile: file, encoding: .utf8))
        return examples.filter { example in !compiled.indices.contains { compiled[$0...].starts(with: example) } }
            .map { $0.joined(separator: "\n") }
    }

    private struct NoExamples: Error {
        let page: String
    }

    /// The lines of a text without their indentation.
    private static func lines(_ text: String) -> [String] {
        text.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
