// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The examples of a documentation catalog, which a test file has to contain, so that they are compiled and run.
package enum Documentation {
    /// - Parameters:
    ///   - page: the path of the page, from the top of the source tree on.
    ///   - file: the test file.
    package static func expectExamples(of page: String, in file: String) throws {
        let text = try String(contentsOf: Fixtures.repository.appending(path: page), encoding: .utf8)
        let examples = text.components(separatedBy: "```swift\n").dropFirst().map { example in
            lines(example.components(separatedBy: "\n```\n")[0])
        }
        #expect(!examples.isEmpty)
        let compiled = lines(try String(contentsOfFile: file, encoding: .utf8))
        for example in examples {
            let isThere = compiled.indices.contains { compiled[$0...].starts(with: example) }
            #expect(isThere, "no test compiles this example of \(page): \(example.joined(separator: "\n"))")
        }
    }

    /// The lines of a text without their indentation.
    private static func lines(_ text: String) -> [String] {
        text.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
